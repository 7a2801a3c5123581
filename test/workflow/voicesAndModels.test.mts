import { byId } from '../../n8n/syncNodes.mts';
import { uuid } from '../unit/assets.mts';
import { parseQuery, useFakeApi } from './fakeApi.mts';
import { runOperation } from './runOperation.mts';
import type { NodeSettings } from './syncNode.mts';

const server = useFakeApi();
const VOICE = {
	id: uuid(1),
	voiceId: 'EXAVITQu4vr4xnSDxMaL',
	name: 'Anna',
	provider: 'elevenlabs',
};
const ITEM = { ...VOICE, internalVoiceId: null, previewUrl: null };

/** Runs an operation. @param body of the response */
async function run(
	resource: string,
	operation: string,
	body: unknown,
	settings: NodeSettings = {},
) {
	server.api.respond = () => ({ status: 200, body: body as object });
	return await runOperation(server.api, { resource, operation, ...settings });
}

describe('Voice: Get', () => {
	test('outputs every documented field and sends the provider', async () => {
		const { results } = await run('voice', 'get', VOICE, { voiceId: byId(VOICE.voiceId) });
		expect(results).toEqual([ITEM]);
		const [sent] = server.api.sent;
		expect(sent.url).toMatch(`/v2/voices/${VOICE.voiceId}?`);
		expect(parseQuery(sent)).toEqual({ provider: 'elevenlabs' });
	});

	test.each([
		['an object without an ID', { name: 'Anna' }],
		['a list', []],
		['text', 'true'],
	])('reports that %s is not a voice', async (_what, body) => {
		const { errors } = await run('voice', 'get', body, { voiceId: byId('x') });
		expect(errors).toMatchObject([{ message: 'The response from sync.so is not a voice' }]);
	});
});

describe('Voice: Get Many', () => {
	const voices = Array.from({ length: 60 }, (_, index) => ({ ...VOICE, id: uuid(index) }));

	test.each([
		['50 voices by default', {}, 50],
		['up to Limit', { limit: 2 }, 2],
		['all voices with Return All', { returnAll: true }, 60],
	])('outputs %s with one request', async (_what, settings, count) => {
		expect((await run('voice', 'getAll', voices, settings)).results).toHaveLength(count);
		expect(server.api.requestLines).toEqual(['GET /v2/voices']);
	});

	test.each(['voiceId', 'id', 'internalVoiceId'])(
		'outputs voices whose only ID is %s',
		async (id) => {
			const { results } = await run('voice', 'getAll', [{ [id]: 'v1', provider: 'elevenlabs' }]);
			expect(results).toEqual([
				{
					id: null,
					internalVoiceId: null,
					voiceId: null,
					name: null,
					previewUrl: null,
					provider: 'elevenlabs',
					[id]: 'v1',
				},
			]);
		},
	);
});

describe('Voice: Clone', () => {
	const ASSET = byId(uuid(5));
	const clone = async (settings: NodeSettings) =>
		await run('voice', 'clone', VOICE, { name: ' Anna ', assetId: ASSET, ...settings });

	/** The body of the request to clone a voice. The request before it lists the existing ones. */
	const getSentBody = () => server.api.sent.find(({ method }) => method === 'POST')?.body;

	test('accepts an asset', async () => {
		const { results } = await clone({});
		expect(results).toEqual([ITEM]);
		expect(getSentBody()).toEqual({
			name: 'Anna',
			provider: 'elevenlabs',
			assetId: uuid(5),
		});
	});

	test('accepts the URL of a file on sync.so', async () => {
		const url = 'https://assets.sync.so/x.wav';
		await clone({ sampleFrom: 'url', url });
		expect(getSentBody()).toEqual({ name: 'Anna', provider: 'elevenlabs', url });
	});

	test.each<[string, NodeSettings, string]>([
		['no name', { name: ' ' }, "'Name' is empty"],
		['no asset', { assetId: byId('={{ "" }}') }, 'The asset ID is empty'],
		['no URL', { sampleFrom: 'url', url: '={{ "" }}' }, "'URL' is empty"],
		['an invalid URL', { sampleFrom: 'url', url: 'x.wav' }, "'URL' is not a valid URL"],
	])('sends nothing for %s', async (_what, settings, message) => {
		const { errors } = await clone(settings);
		expect(errors).toMatchObject([{ message, statusCode: 0 }]);
		expect(server.api.sent).toEqual([]);
	});

	test('says what to do if the plan allows no more clones', async () => {
		server.api.respond = () => ({
			status: 403,
			body: { message: 'No more clones', errorCode: 'voice_clone_limit_reached' },
		});
		const parameters = { resource: 'voice', operation: 'clone', name: 'A', assetId: ASSET };
		const { errors } = await runOperation(server.api, parameters);
		expect(errors).toMatchObject([
			{
				message: 'No more clones',
				hint: expect.stringMatching(/^Delete a cloned voice/) as unknown,
			},
		]);
	});
});

test('Voice: Delete confirms the deletion', async () => {
	const { results } = await run('voice', 'delete', 'true', { voiceId: byId(uuid(1)) });
	expect(results).toEqual([{ id: uuid(1), deleted: true }]);
	expect(server.api.requestLines).toEqual([`DELETE /v2/voices/${uuid(1)}`]);
});

describe('Model: Get Many', () => {
	test('outputs every documented field of each model', async () => {
		const model = { id: 'sync-3', name: 'Sync 3', type: 'lipsync', version: '3' };
		const { results } = await run('model', 'getAll', [model, { ...model, id: 'x', speed: 2 }]);
		const item = { ...model, description: null, deprecatedAt: null };
		expect(results).toEqual([item, { ...item, id: 'x', speed: 2 }]);
	});

	test('reports a response that is not a list', async () => {
		const { errors } = await run('model', 'getAll', { items: [] });
		expect(errors).toMatchObject([{ message: 'The response from sync.so is not a list' }]);
	});
});
