import { byId } from '../../n8n/syncNodes.mts';
import { COMPLETED, FAILED, PROCESSING } from '../unit/generations.mts';
import { RESPONSES } from '../unit/responses.mts';
import { readResult, startWorkflow } from './engine.mts';
import { type FakeResponse, useFakeApi } from './fakeApi.mts';
import { runOperation } from './runOperation.mts';
import type { NodeSettings } from './syncNode.mts';
import { buildNodeWorkflow, inputs, type OnError, SYNC_NODE } from './workflows.mts';

const server = useFakeApi();
const { id: ID } = COMPLETED;
const POLL = `GET /v2/generate/${ID}?wait=true&timeout=10`;
const SETTINGS = {
	resource: 'generation',
	operation: 'waitForWebhook',
	generationId: byId('={{ $json.id }}'),
};

interface Case {
	settings?: NodeSettings;
	items?: ReturnType<typeof inputs>;
	onError?: OnError;
	/** The webhook URL of the generation. By default, it resumes the execution. */
	webhookUrl?: string | null;
	/** What the API sends instead of the generation. */
	fault?: FakeResponse;
}

/** Runs the operation. @param state of the generation */
async function run(
	state: object,
	{ settings = {}, items = inputs({ id: ID }), onError, webhookUrl, fault }: Case = {},
) {
	const { api } = server;
	const json = buildNodeWorkflow({ ...SETTINGS, ...settings }, onError);
	const running = startWorkflow(json, items, api.credential);
	const { executionId } = running;
	const resumeUrl = `https://n8n.example.com/webhook-waiting/${executionId}?signature=x&idempotencyKey=k`;
	const generation = { ...state, webhookUrl: webhookUrl === undefined ? resumeUrl : webhookUrl };
	api.respond = () => fault ?? { status: 200, body: generation };
	const result = readResult(await running);
	return {
		run: result.run,
		out: result.getItems(SYNC_NODE),
		errors: result.getItems(SYNC_NODE, 1).map(({ json: { error } }) => error),
	};
}

test('suspends the execution until the time limit, after one request', async () => {
	const before = Date.now();
	const { run: ended } = await run(PROCESSING, { settings: { options: { timeLimit: 90 } } });
	expect(ended.status).toBe('waiting');
	const minutes = (Number(ended.waitTill) - before) / 60_000;
	expect(Math.round(minutes)).toBe(90);
	expect(server.api.requestLines).toEqual([POLL]);
});

test.each([4e9, 999_999_999_999])(
	'waits until the year 3000 at the latest, with a time limit of %s minutes',
	async (timeLimit) => {
		const { run: ended } = await run(PROCESSING, { settings: { options: { timeLimit } } });
		expect(ended.waitTill).toEqual(new Date('3000-01-01T00:00:00Z'));
	},
);

test.each<OnError>(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'])(
	'resumes with its input after the time limit; On Error: %s',
	async (onError) => {
		const { run: ended } = await run(PROCESSING, { onError });
		const [{ data }] = ended.data.executionData?.nodeExecutionStack ?? [];
		expect(data.main).toMatchObject([[{ json: { id: ID } }]]);
	},
);

test('does not wait for a finished generation', async () => {
	const { run: ended, out } = await run(COMPLETED);
	expect(ended.status).toBe('success');
	expect(out).toMatchObject([
		{ json: { ...COMPLETED, webhookUrl: null }, pairedItem: { item: 0 } },
	]);
});

test('a failed generation is an error with its ID and status', async () => {
	const { errors } = await run(FAILED);
	expect(errors).toMatchObject([
		{ message: expect.stringContaining('No face') as string, generationId: ID, status: 'FAILED' },
	]);
});

test('a failed generation is a simplified item with Return Item and Simplify', async () => {
	const { out } = await run(FAILED, { settings: { ifFailed: 'returnItem', simplify: true } });
	expect(FAILED).toMatchObject(out[0].json);
	expect(Object.keys(out[0].json)).toHaveLength(10);
});

describe('a generation that will never call this execution', () => {
	const HINT = expect.stringMatching(/'Resume by Webhook'.*'Wait Until Finished'/) as string;

	test.each([
		[
			'has no webhook URL',
			null,
			"The generation has no webhook URL, so sync.so won't call this execution",
		],
		[
			'resumes another execution',
			'http://localhost/webhook-waiting/another',
			'The webhook of the generation resumes another execution, not this one',
		],
		[
			'calls something else',
			'https://www.example.com/finished',
			'The webhook URL of the generation does not belong to this execution',
		],
	])(
		'because it %s is an immediate error that says what to do',
		async (_why, webhookUrl, message) => {
			const { run: ended, errors } = await run(PROCESSING, { webhookUrl });
			expect(ended.status).toBe('success');
			expect(errors).toMatchObject([
				{ message, hint: HINT, generationId: ID, status: 'PROCESSING' },
			]);
		},
	);

	test('is not an error if it is finished', async () => {
		const { out } = await run(COMPLETED, { webhookUrl: null });
		expect(out).toHaveLength(1);
	});
});

test.each<[string, FakeResponse]>([
	['a rate limit', RESPONSES.rateLimited],
	['503', RESPONSES.unavailable],
	['500', RESPONSES.internalError],
	['a broken connection', 'reset'],
])(
	'%s in the first request does not keep the execution from being suspended',
	async (_what, fault) => {
		expect((await run(PROCESSING, { fault })).run.status).toBe('waiting');
	},
);

test.each<[string, FakeResponse]>([
	['an invalid key', RESPONSES.keyInvalid],
	['an unknown generation', RESPONSES.notFound],
	['a server that is not the API', RESPONSES.htmlNotFound],
	['a response without a generation', { status: 200, body: 'Welcome' }],
])('%s is an error', async (_what, fault) => {
	const { run: ended, errors } = await run(PROCESSING, { fault });
	expect([ended.status, errors.length]).toEqual(['success', 1]);
});

describe('a batch', () => {
	const BATCH = {
		id: ID,
		created_at: '2026-01-15T10:30:00Z',
		status: 'PROCESSING',
		metrics: { total_generations: 20, success_count: 3, failed_count: 0, pending_count: 17 },
		outputUrl: '',
	};
	const settings = { resource: 'batch', batchId: byId('={{ $json.id }}') };

	test('suspends the execution for 25 hours unless the time limit differs', async () => {
		const before = Date.now();
		const { run: ended } = await run(BATCH, { settings });
		expect(ended.status).toBe('waiting');
		expect(Math.round((Number(ended.waitTill) - before) / 3_600_000)).toBe(25);
		expect(server.api.requestLines).toEqual([`GET /v2/batch/${ID}`]);
	});

	test('is output without waiting if it has ended', async () => {
		const { out } = await run({ ...BATCH, status: 'COMPLETED' }, { settings });
		expect(out).toMatchObject([{ json: { id: ID, status: 'COMPLETED', webhookUrl: null } }]);
	});

	test('that failed is an error with its ID and status', async () => {
		const { errors } = await run({ ...BATCH, status: 'FAILED' }, { settings });
		expect(errors).toMatchObject([
			{
				message: 'The batch failed: 3 of 20 videos were created',
				batchId: ID,
				status: 'FAILED',
			},
		]);
	});

	test('that failed is an item with Return Item', async () => {
		const returnItem = { ...settings, ifFailed: 'returnItem' };
		const { out } = await run({ ...BATCH, status: 'FAILED' }, { settings: returnItem });
		expect(out).toMatchObject([{ json: { id: ID, status: 'FAILED' } }]);
	});

	test('that resumes another execution is an immediate error', async () => {
		const webhookUrl = 'http://localhost/webhook-waiting/another';
		const { errors } = await run(BATCH, { settings, webhookUrl });
		expect(errors).toMatchObject([
			{
				message: 'The webhook of the batch resumes another execution, not this one',
				hint: expect.stringMatching(/'Resume by Webhook'.*Get.*loop/) as string,
			},
		]);
	});
});

test('more than one item is an error for each, which names the alternatives', async () => {
	const { errors } = await run(PROCESSING, { items: inputs({ id: ID }, { id: ID }) });
	const error = {
		message:
			'Wait for Webhook takes one item, but there are 2: an execution waits for one generation',
		hint: expect.stringContaining("Get with 'Wait Until Finished'") as string,
	};
	expect(errors).toMatchObject([error, error]);
	expect(server.api.requestLines).toEqual([]);
});

test('stops the workflow if On Error says so', async () => {
	server.api.respond = () => RESPONSES.keyInvalid;
	const settings = { ...SETTINGS, generationId: byId(ID) };
	const { run: ended } = await runOperation(server.api, settings, inputs({}), 'stopWorkflow');
	expect(ended.status).toBe('error');
});
