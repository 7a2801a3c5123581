import type { IDataObject } from 'n8n-workflow';

import { byId } from '../../n8n/syncNodes.mts';
import {
	buildGeneration,
	COMPLETED,
	FAILED,
	PENDING,
	PROCESSING,
	REJECTED,
} from '../unit/generations.mts';
import { RESPONSES } from '../unit/responses.mts';
import { type FakeResponse, parseQuery, type SentRequest, useFakeApi } from './fakeApi.mts';
import { runOperation } from './runOperation.mts';
import type { NodeSettings } from './syncNode.mts';
import { inputs, type OnError } from './workflows.mts';

const server = useFakeApi();
const { id: ID } = COMPLETED;
const COSTS = {
	generationId: ID,
	generationStatus: 'COMPLETED',
	currency: 'USD',
	availability: 'complete',
	totalCostUsd: '0.62',
	knownSubtotalUsd: '0.62',
	retryAfterSeconds: null,
	components: [],
};
/** What the nodes make of it: numbers, and the exact text of each. */
const COSTS_ITEM = {
	...COSTS,
	totalCostUsd: 0.62,
	knownSubtotalUsd: 0.62,
	totalCostUsdText: '0.62',
	knownSubtotalUsdText: '0.62',
};
const NOT_FOUND: FakeResponse = {
	status: 404,
	body: {
		statusCode: 404,
		message: 'Generation not found',
		errorCode: 'generation_not_found',
	},
};
const ok = (body: object | string): FakeResponse => ({ status: 200, body });

/** Runs an operation for the example generation. @param responses of the server, by path */
async function run(
	operation: string,
	responses: Record<string, FakeResponse | ((sent: SentRequest) => FakeResponse)>,
	settings: NodeSettings = {},
	onError?: OnError,
) {
	const { api } = server;
	api.respond = (sent) => {
		const response = responses[sent.url.split('?')[0]] ?? RESPONSES.wrongAddress;
		return typeof response === 'function' ? response(sent) : response;
	};
	const all = { resource: 'generation', operation, generationId: byId(ID), ...settings };
	return await runOperation(api, all, inputs({}), onError);
}

const ADDRESS = `/v2/generate/${ID}`;
/** The URL of the video, as the API sends it. */
const getVideoUrl = () => `${server.api.url}/files/take_01.mp4`;
const VIDEO_RESPONSE: FakeResponse = {
	status: 200,
	body: 'a film',
	headers: { 'content-type': 'video/mp4' },
};
/** The responses for one generation with its video and costs. */
const respondWithVideo = (generation: object = COMPLETED) => ({
	[ADDRESS]: ok(generation),
	[`${ADDRESS}/costs`]: ok(COSTS),
	[`/v2/generations/${ID}/download`]: () => ok(getVideoUrl()),
	'/files/take_01.mp4': VIDEO_RESPONSE,
});

describe('Get', () => {
	test('outputs the generation, with every documented field', async () => {
		const { results, pairs } = await run('get', { [ADDRESS]: ok(COMPLETED) });
		expect(results).toEqual([COMPLETED]);
		expect(pairs[0]).toEqual([{ item: 0 }]);
		expect(server.api.requestLines).toEqual([`GET ${ADDRESS}`]);
	});

	test('outputs null for missing fields and an empty URL', async () => {
		const { id, createdAt, status, model, input } = PENDING;
		const bare = { id, createdAt, status, model, input, outputUrl: '' };
		const { results } = await run('get', { [ADDRESS]: ok(bare) });
		expect(results).toEqual([{ ...PENDING, outputFileName: null }]);
	});

	test('accepts the older name of the error code', async () => {
		const { errorCode, ...older } = FAILED;
		const { results } = await run('get', { [ADDRESS]: ok({ ...older, error_code: errorCode }) });
		expect(results).toEqual([FAILED]);
	});

	test('Simplify keeps ten fields', async () => {
		const { results } = await run('get', respondWithVideo(), { simplify: true });
		expect(COMPLETED).toMatchObject(results[0]);
		expect(Object.keys(results[0])).toHaveLength(10);
	});

	test.each([false, true])(
		'includes the progress if requested; simplified: %s',
		async (simplify) => {
			const { results } = await run(
				'get',
				{ [ADDRESS]: ok({ ...PROCESSING, progress_percent: 40 }) },
				{ simplify, options: { includeProgress: true } },
			);
			expect(server.api.requestLines).toEqual([`GET ${ADDRESS}?include=progress`]);
			expect(results[0]).toMatchObject({ status: 'PROCESSING', progress_percent: 40 });
		},
	);

	test('includes the costs if requested', async () => {
		const { results } = await run('get', respondWithVideo(), { options: { includeCost: true } });
		expect(results).toEqual([{ ...COMPLETED, costs: COSTS_ITEM }]);
	});

	test('downloads the video if requested, without sending the key to the storage', async () => {
		const { out } = await run('get', respondWithVideo(), {
			downloadOutput: true,
			binaryPropertyName: 'film',
		});
		expect(out[0].binary?.film).toMatchObject({
			fileName: 'take_01.mp4',
			mimeType: 'video/mp4',
			data: Buffer.from('a film').toString('base64'),
		});
		const keys = server.api.sent.map(({ url, headers }) => [url, 'x-api-key' in headers]);
		expect(keys).toEqual([
			[ADDRESS, true],
			[`/v2/generations/${ID}/download`, true],
			['/files/take_01.mp4', false],
		]);
	});

	test('downloads no video before the generation is finished', async () => {
		const { out } = await run('get', respondWithVideo(PROCESSING), { downloadOutput: true });
		expect(out[0].binary).toBeUndefined();
		expect(server.api.requestLines).toEqual([`GET ${ADDRESS}`]);
	});

	test.each([FAILED, REJECTED])(
		'a generation that is $status is not an error if the node does not wait',
		async (end) => {
			const { results } = await run('get', { [ADDRESS]: ok(end) });
			expect(results).toEqual([end]);
		},
	);

	test('a missing generation is an error with its ID', async () => {
		const { errors } = await run('get', { [ADDRESS]: NOT_FOUND });
		expect(errors).toMatchObject([{ errorCode: 'generation_not_found', generationId: ID }]);
	});
});

describe('Get with Wait Until Finished', () => {
	const waiting = { waitUntilFinished: true };

	/** Responses for a generation that ends during the request that the API holds. */
	const respondWithEnd = (end: object) => ({
		...respondWithVideo(),
		[ADDRESS]: (sent: SentRequest) => ok(parseQuery(sent).wait ? end : PENDING),
	});

	test('outputs the generation when it is finished', async () => {
		const { results } = await run('get', respondWithEnd(COMPLETED), waiting);
		expect(results).toEqual([COMPLETED]);
		expect(server.api.requestLines).toEqual([
			`GET ${ADDRESS}`,
			`GET ${ADDRESS}?wait=true&timeout=10`,
		]);
	});

	test('adds the video and the costs of the finished generation, but no progress', async () => {
		const options = { includeCost: true, includeProgress: true };
		const settings = { ...waiting, downloadOutput: true, options };
		const { out } = await run('get', respondWithEnd(COMPLETED), settings);
		expect(out[0].json).toEqual({ ...COMPLETED, costs: COSTS_ITEM });
		expect(Object.keys(out[0].binary ?? {})).toEqual(['data']);
		expect(server.api.requestLines.filter((line) => line.includes('include'))).toEqual([]);
	});

	test.each([
		['FAILED', FAILED, 'sync.so could not create the video: No face was found'],
		['REJECTED', REJECTED, 'sync.so refused to create the video: No face was found'],
	])(
		'a generation that is %s is an error with the reason, ID and status',
		async (status, end, message) => {
			const { out, errors } = await run('get', respondWithEnd(end), waiting);
			expect(out).toEqual([]);
			expect(errors).toMatchObject([
				{ message, errorCode: 'generation_pipeline_failed', generationId: ID, status },
			]);
		},
	);

	test('a failed generation is an item with Return Item', async () => {
		const settings = { ...waiting, ifFailed: 'returnItem', downloadOutput: true };
		const { out } = await run('get', respondWithEnd(FAILED), settings);
		expect(out[0].json).toEqual(FAILED);
		expect(out[0].binary).toBeUndefined();
	});
});

describe('Get Many', () => {
	const ids = Array.from({ length: 250 }, (_value, index) => `g${index}`);
	const LIST = '/v2/generations';

	/**
	 * Answers a list as the API does: an array that starts after the cursor.
	 *
	 * @param repeats whether it starts with the cursor
	 */
	const serveList =
		(all: string[], repeats = false) =>
		(sent: SentRequest): FakeResponse => {
			const { limit, cursor } = parseQuery(sent);
			const start = cursor === undefined ? 0 : all.indexOf(cursor) + (repeats ? 0 : 1);
			const page = all.slice(start, start + Number(limit));
			return ok(page.map((id) => buildGeneration(id)));
		};
	const listQueries = () => server.api.sent.map(parseQuery);
	const listIds = (found: IDataObject[]) => found.map(({ id }) => id);

	test('Return All continues after the last generation of each page until a page is not full', async () => {
		const { results, pairs } = await run('getAll', { [LIST]: serveList(ids) }, { returnAll: true });
		expect(listIds(results)).toEqual(ids);
		expect(results[0]).toEqual(buildGeneration('g0'));
		expect(pairs[0]).toEqual(ids.map(() => ({ item: 0 })));
		expect(listQueries()).toEqual([
			{ limit: '100' },
			{ limit: '100', cursor: 'g99' },
			{ limit: '100', cursor: 'g199' },
		]);
	});

	test('outputs no generation twice if the API repeats the last one on the next page', async () => {
		const responses = { [LIST]: serveList(ids, true) };
		const { results } = await run('getAll', responses, { returnAll: true });
		expect(listIds(results)).toEqual(ids);
	});

	test('requests one more page if the last page is full', async () => {
		const responses = { [LIST]: serveList(ids.slice(0, 200)) };
		const { results } = await run('getAll', responses, { returnAll: true });
		expect(results).toHaveLength(200);
		expect(listQueries()).toHaveLength(3);
	});

	test.each([
		[7, [{ limit: '7' }]],
		[130, [{ limit: '100' }, { limit: '30', cursor: 'g99' }]],
	])('a Limit of %s requests no more than that', async (limit, requested) => {
		const { results } = await run('getAll', { [LIST]: serveList(ids) }, { limit });
		expect(listIds(results)).toEqual(ids.slice(0, limit));
		expect(listQueries()).toEqual(requested);
	});

	test('filters by status and project', async () => {
		const filters = { status: ['COMPLETED', 'failed'], projectId: byId('p1') };
		await run('getAll', { [LIST]: serveList([]) }, { filters });
		expect(listQueries()).toEqual([{ limit: '50', status: 'COMPLETED,FAILED', projectId: 'p1' }]);
	});

	test('an unknown status is an error, and nothing is sent', async () => {
		const { errors } = await run('getAll', {}, { filters: { status: ['DONE'] } });
		expect(errors).toMatchObject([
			{
				message: "'DONE' is not a status of a generation",
				hint: 'Use COMPLETED, FAILED, PENDING, PROCESSING, REJECTED',
			},
		]);
		expect(server.api.requestLines).toEqual([]);
	});

	test('uses the older URL if the API does not have the newer one', async () => {
		const { results } = await run('getAll', { '/v2/generate': serveList(['g1']) });
		expect(listIds(results)).toEqual(['g1']);
	});

	test("does not try the older URL after the API's own 404", async () => {
		const { errors } = await run('getAll', { [LIST]: NOT_FOUND });
		expect(errors).toMatchObject([{ statusCode: 404 }]);
		expect(server.api.sent).toHaveLength(1);
	});

	test.each<[string, FakeResponse]>([
		['an object', ok({ items: [] })],
		['a list of text', ok(['x'])],
		['text', ok('Welcome')],
	])('%s is an error', async (_what, response) => {
		const { errors } = await run('getAll', { [LIST]: response });
		expect(errors).toMatchObject([{ message: 'The response from sync.so is not a list' }]);
	});

	test('Simplify keeps ten fields', async () => {
		const { results } = await run('getAll', { [LIST]: serveList(['g1']) }, { simplify: true });
		expect(Object.keys(results[0])).toHaveLength(10);
	});
});

describe('Count', () => {
	const COUNT = '/v2/generations/count';

	test('outputs the number, filtered', async () => {
		const filters = { status: ['FAILED', 'REJECTED'], type: 'api', currentUserOnly: true };
		const { results } = await run('count', { [COUNT]: ok({ count: 4 }) }, { filters });
		expect(results).toEqual([{ count: 4 }]);
		expect(server.api.sent.map(parseQuery)).toEqual([
			{ status: 'FAILED,REJECTED', type: 'api', currentUserOnly: 'true' },
		]);
	});

	test.each<[string, object | string]>([
		['a count that is not a number', { count: 'many' }],
		['a list', []],
		['text', 'Welcome'],
	])('%s is an error', async (_what, body) => {
		const { errors } = await run('count', { [COUNT]: ok(body) });
		expect(errors).toMatchObject([{ message: 'The response from sync.so is not a number' }]);
	});
});

describe('Delete', () => {
	const PATH = `/v2/generations/${ID}`;

	test('confirms the deletion', async () => {
		const { results } = await run('delete', { [PATH]: ok(COMPLETED) });
		expect(results).toEqual([{ id: ID, deleted: true }]);
		expect(server.api.requestLines).toEqual([`DELETE ${PATH}`]);
	});

	test('of an unfinished generation is an error that says what to do', async () => {
		const body = {
			statusCode: 409,
			message: 'Generation is still processing',
			errorCode: 'generation_not_deletable_while_processing',
		};
		const { errors } = await run('delete', { [PATH]: { status: 409, body } });
		expect(errors).toMatchObject([
			{
				statusCode: 409,
				hint: "Use Get with 'Wait Until Finished' first: a running generation can't be deleted",
				generationId: ID,
			},
		]);
	});
});

describe('Download', () => {
	test('outputs the video and the generation', async () => {
		const { out } = await run('download', respondWithVideo());
		expect(out[0].json).toEqual(COMPLETED);
		expect(out[0].binary?.data).toMatchObject({ fileName: 'take_01.mp4', fileExtension: 'mp4' });
	});

	test.each([
		['no name', { outputFileName: null }, `${ID}.mp4`],
		['a name with an extension', { outputFileName: 'take.mp4' }, 'take.mp4'],
		['a name with a dot', { outputFileName: 'take.2' }, 'take.2.mp4'],
	])('names the video after a generation with %s', async (_what, more, name) => {
		const { out } = await run('download', respondWithVideo({ ...COMPLETED, ...more }));
		expect(out[0].binary?.data.fileName).toBe(name);
	});

	test('a video over Max Size (MB) is an error', async () => {
		const { errors } = await run('download', respondWithVideo(), {
			options: { maxSize: 0.000001 },
		});
		expect(errors).toMatchObject([
			{
				message: expect.stringContaining("which is over 'Max Size (MB)'") as string,
				generationId: ID,
			},
		]);
	});

	test.each([
		['PROCESSING', PROCESSING, 'The video is not ready: the generation is PROCESSING'],
		['FAILED', FAILED, 'sync.so could not create the video: No face was found'],
	])(
		'of a generation that is %s is an error, and no video is requested',
		async (status, now, message) => {
			const { errors } = await run('download', respondWithVideo(now));
			expect(errors).toMatchObject([{ message, generationId: ID, status }]);
			expect(server.api.requestLines).toEqual([`GET ${ADDRESS}`]);
		},
	);
});

describe('Get Costs', () => {
	const PATH = `${ADDRESS}/costs`;

	test('outputs the costs, with amounts as numbers and as text', async () => {
		const { results } = await run('getCosts', { [PATH]: ok(COSTS) });
		expect(results).toEqual([COSTS_ITEM]);
	});

	test('another response is an error', async () => {
		const { errors } = await run('getCosts', { [PATH]: ok({}) });
		expect(errors).toMatchObject([
			{ message: 'The response from sync.so is not the costs of a generation' },
		]);
	});
});

describe('Estimate Cost', () => {
	const NEWEST = '/v2/generations/estimate';
	const ESTIMATE = {
		estimatedFrameCount: 300,
		estimatedGenerationCost: 0.5,
		estimatedCredits: null,
	};
	const SETTINGS = { model: 'lipsync-2', duration: 12, fps: 25 };

	test('outputs the estimate for a model, duration and frame rate', async () => {
		const { results } = await run('estimateCost', { [NEWEST]: ok(ESTIMATE) }, SETTINGS);
		expect(results).toEqual([ESTIMATE]);
		expect(server.api.sent.map(({ method, body }) => [method, body])).toEqual([['POST', SETTINGS]]);
	});

	test('uses the older URL if the API does not have the newer one', async () => {
		const responses = { '/v2/generate/estimate-cost': ok(ESTIMATE) };
		const { results } = await run('estimateCost', responses, SETTINGS);
		expect(results).toEqual([ESTIMATE]);
		expect(server.api.sent[1].body).toEqual(SETTINGS);
	});

	test.each([
		['duration', 0, "'Duration (Seconds)' has to be a number of 0.001 or more, not 0"],
		['duration', 'long', "'Duration (Seconds)' has to be a number of 0.001 or more, not long"],
		['fps', -1, "'Frame Rate (FPS)' has to be a number of 0.001 or more, not -1"],
		['model', ' ', "'Model Name or ID' is empty"],
	])('a %s of %j is rejected, and nothing is sent', async (field, value, message) => {
		const { errors } = await run('estimateCost', {}, { ...SETTINGS, [field]: value });
		expect(errors).toMatchObject([{ message, statusCode: 0 }]);
		expect(server.api.requestLines).toEqual([]);
	});
});

describe('a finished video', () => {
	const get = { resource: 'generation', operation: 'get', generationId: byId(COMPLETED.id) };

	/** Sends the generation, and a fault to all other requests. */
	const failOtherRequests = (fault: FakeResponse) => {
		server.api.respond = ({ url }) =>
			url === `/v2/generate/${COMPLETED.id}` ? { status: 200, body: COMPLETED } : fault;
	};

	test.each<[string, FakeResponse, string]>([
		['are not available', RESPONSES.forbidden, 'You do not have access to this asset'],
		['are something else', { status: 200, body: [] }, 'The response from sync.so is not the costs'],
	])('is not an error if its costs %s', async (_what, fault, reason) => {
		failOtherRequests(fault);
		const { results } = await runOperation(server.api, { ...get, options: { includeCost: true } });
		expect(results).toMatchObject([
			{ id: COMPLETED.id, costs: null, costsError: expect.stringContaining(reason) as string },
		]);
	});

	test('that cannot be downloaded is an error with its URL', async () => {
		failOtherRequests(RESPONSES.forbidden);
		const { errors } = await runOperation(server.api, { ...get, downloadOutput: true });
		expect(errors).toMatchObject([{ generationId: COMPLETED.id, outputUrl: COMPLETED.outputUrl }]);
	});
});
