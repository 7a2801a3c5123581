import { byId } from '../../n8n/syncNodes.mts';
import { buildAssetWithId, uuid } from '../unit/assets.mts';
import { type HttpResponse, RESPONSES } from '../unit/responses.mts';
import { type FakeResponse, useFakeApi } from './fakeApi.mts';
import { createFileItem } from './fileLab.mts';
import { runOperation } from './runOperation.mts';
import { LIP_SYNC_SETTINGS } from './syncNode.mts';

const server = useFakeApi();

const [VIDEO, AUDIO] = [uuid(1), uuid(2)];
const estimate = (estimatedGenerationCost: number): HttpResponse => ({
	status: 200,
	body: { estimatedFrameCount: 300, estimatedGenerationCost, estimatedCredits: null },
});
const UNKNOWN_URL: HttpResponse = {
	status: 404,
	body: { message: 'Cannot POST /v2/x', statusCode: 404 },
};
const CREATED: HttpResponse = {
	status: 201,
	body: {
		id: 'gen-1',
		createdAt: '2026-01-15T09:30:00.000Z',
		status: 'PENDING',
		model: 'lipsync-2',
		input: [],
	},
};

/** The responses of the API, by method and path. */
type Responses = Record<string, FakeResponse>;

const LENGTHS: Responses = {
	[`GET /v2/assets/${VIDEO}`]: {
		status: 200,
		body: { ...buildAssetWithId(VIDEO), durationSeconds: 12 },
	},
	[`GET /v2/assets/${AUDIO}`]: {
		status: 200,
		body: { ...buildAssetWithId(AUDIO), type: 'AUDIO', durationSeconds: 30 },
	},
};

/** Runs Create for two assets with a maximum cost of one dollar. */
async function create(
	responses: Responses,
	options: object = {},
	more: object = {},
	items?: never,
) {
	const { api } = server;
	const all: Responses = { 'POST /v2/generate': CREATED, ...responses };
	api.respond = ({ method, url }) => all[`${method} ${url}`] ?? UNKNOWN_URL;
	const media = { visualAssetId: byId(VIDEO), audioAssetId: byId(AUDIO) };
	const settings = { ...LIP_SYNC_SETTINGS, ...media, options: { maxCost: 1, ...options }, ...more };
	return await runOperation(api, settings, items);
}

const listBodies = (path: string) =>
	server.api.sent.filter(({ url }) => url === path).map(({ body }) => body);

test('creates a generation within the maximum cost', async () => {
	const responses = { 'POST /v2/generations/estimate': estimate(1) };
	const { results } = await create(responses, { guardDuration: 10 });
	expect(results).toHaveLength(1);
	expect(listBodies('/v2/generations/estimate')).toEqual([{ model: 'lipsync-2', duration: 10 }]);
});

test('does not create a generation over the maximum cost, and names both amounts', async () => {
	const responses = { 'POST /v2/generations/estimate': estimate(1.2345) };
	const { errors } = await create(responses, { guardDuration: 10 });
	expect(errors).toEqual([
		expect.objectContaining({
			message:
				"The generation would cost about USD 1.2345, which is over 'Max Cost (USD)' (USD 1.00). It was not created.",
		}),
	]);
	expect(listBodies('/v2/generate')).toEqual([]);
});

test('estimates with the longer of the two assets', async () => {
	await create({ ...LENGTHS, 'POST /v2/generations/estimate': estimate(0.5) });
	expect(listBodies('/v2/generations/estimate')).toEqual([{ model: 'lipsync-2', duration: 30 }]);
});

test('if the length is unknown, estimates the whole request and adds up its parts', async () => {
	const parts: HttpResponse = { status: 200, body: [estimate(0.6).body, estimate(0.6).body] };
	const media = { audioSource: 'url', audioUrl: 'https://www.example.com/a.mp3' };
	const { errors } = await create({ ...LENGTHS, 'POST /v2/analyze/cost': parts }, {}, media);
	expect(errors).toEqual([
		expect.objectContaining({ message: expect.stringContaining('about USD 1.20,') as string }),
	]);
	expect(listBodies('/v2/analyze/cost')).toEqual([
		{
			model: 'lipsync-2',
			input: [
				{ type: 'video', assetId: VIDEO },
				{ type: 'audio', url: 'https://www.example.com/a.mp3' },
			],
		},
	]);
});

test('estimates the whole request if there is no estimate for the length', async () => {
	const parts: HttpResponse = { status: 200, body: [estimate(0.6).body] };
	const unavailable: HttpResponse = {
		status: 422,
		body: { message: 'No price', statusCode: 422, errorCode: 'cost_estimate_unavailable' },
	};
	const responses = {
		'POST /v2/generations/estimate': unavailable,
		'POST /v2/analyze/cost': parts,
	};
	const { results } = await create(responses, { guardDuration: 10 });
	expect(results).toHaveLength(1);
});

test.each<[string, FakeResponse]>([
	['is not available', UNKNOWN_URL],
	['is forbidden', RESPONSES.forbidden],
	['is not a list', { status: 200, body: {} }],
	['is an empty list', { status: 200, body: [] }],
	['has no amount', { status: 200, body: [{ estimatedGenerationCost: null }] }],
])('creates nothing if the estimate %s', async (_what, response) => {
	const responses = {
		'POST /v2/generations/estimate': response,
		'POST /v2/analyze/cost': response,
	};
	const { errors } = await create(responses, { guardDuration: 10 });
	expect(errors).toEqual([
		expect.objectContaining({
			message: expect.stringMatching(/can't be estimated.*It was not created/) as string,
		}),
	]);
	expect(listBodies('/v2/generate')).toEqual([]);
});

test('requires a length for files that are sent in the request', async () => {
	const files = { audioSource: 'binary', audioFieldName: 'data' };
	const items = [await createFileItem()] as never;
	const { errors } = await create(LENGTHS, { createWithFiles: true }, files, items);
	expect(errors).toEqual([
		expect.objectContaining({
			hint: expect.stringContaining("Add 'Duration for Max Cost (Seconds)'") as string,
		}),
	]);
	expect(listBodies('/v2/generate')).toEqual([]);
});

test('estimates nothing without a maximum cost', async () => {
	await create({}, {}, { options: {} });
	expect(server.api.requestLines).toEqual(['POST /v2/generate']);
});

test('creates nothing with a maximum cost of 0, such as a used-up budget', async () => {
	const { errors } = await create({}, { maxCost: '={{ 0 }}' });
	expect(errors).toHaveLength(1);
	expect(server.api.requestLines).not.toContain('POST /v2/generate');
});
