import { resumeOnWebhook } from '../../nodes/SyncGeneration/waiting/resumeOnWebhook.ts';
import { FakeWebhook, SECRET, SECRET_PATH, type WebhookCase } from './fakeWebhook.mts';
import { COMPLETED, FAILED, PENDING, PROCESSING } from './generations.mts';
import { RESPONSES } from './responses.mts';

const { id: ID } = COMPLETED;

/** The body of the call from the API. It has fewer fields than the API's response to a request. */
const NEWS = { ...COMPLETED, outputFileName: undefined, errorCode: undefined };

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/**
 * Calls the webhook. Returns the result for n8n, the responses to the caller and the requested URLs.
 */
async function call({ fields = {}, ...more }: WebhookCase = {}) {
	const webhook = new FakeWebhook({
		body: NEWS,
		state: { status: 200, body: COMPLETED },
		fields: {
			resource: 'generation',
			generationId: { __rl: true, mode: 'id', value: ID },
			options: { maxRetries: 0 },
			...fields,
		},
		...more,
	});
	const resumed = resumeOnWebhook.call(webhook.context);
	await jest.runAllTimersAsync();
	const { callerResponses, requested } = webhook;
	return { result: await resumed, callerResponses, requested };
}

test('a valid call resumes the execution with the state from the API', async () => {
	const { result, callerResponses, requested } = await call();
	expect(result).toEqual({ workflowData: [[{ json: COMPLETED, pairedItem: { item: 0 } }]] });
	expect(callerResponses).toEqual([]);
	expect(requested).toEqual([`/v2/generate/${ID}`]);
});

test.each([
	['the API is down', RESPONSES.internalError],
	['the API still says PROCESSING', { status: 200, body: PROCESSING }],
	['the response is not a generation', { status: 200, body: 'Welcome' }],
])('a valid call resumes the execution with its own body when %s', async (_what, state) => {
	const { result } = await call({ state });
	const item = { ...COMPLETED, outputFileName: null };
	expect(result.workflowData).toEqual([[{ json: item, pairedItem: { item: 0 } }]]);
});

test('Simplify keeps ten fields', async () => {
	const { result } = await call({ fields: { simplify: true } });
	const json = result.workflowData?.[0][0].json ?? {};
	expect(COMPLETED).toMatchObject(json);
	expect(Object.keys(json)).toHaveLength(10);
});

describe('a generation that failed', () => {
	const failed = { body: FAILED, state: { status: 200, body: FAILED } };

	test('outputs an error item', async () => {
		const { result } = await call(failed);
		const error = {
			message: 'sync.so could not create the video: No face was found',
			errorCode: FAILED.errorCode,
			generationId: ID,
			status: 'FAILED',
		};
		const [[item]] = result.workflowData ?? [];
		expect(item).toMatchObject({ json: { error }, pairedItem: { item: 0 } });
		expect(Object.keys(item.json)).toEqual(['error']);
	});

	test('outputs its item with Return Item', async () => {
		const { result } = await call({ ...failed, fields: { ifFailed: 'returnItem' } });
		expect(result.workflowData).toMatchObject([[{ json: FAILED }]]);
	});
});

/** Calls without a valid signature. */
const UNVERIFIED: Array<[string, WebhookCase, string]> = [
	[
		'is signed with another secret',
		{ secret: 'whsec_other' },
		"The signature doesn't match the body and the 'Webhook Signing Secret'",
	],
	['is old', { age: 301 }, 'The webhook is too old'],
	['is signed in the future', { age: -301 }, 'The webhook is too old'],
	['has no signature', { isSigned: false }, 'The webhook has no Sync-Signature header'],
	['there is no secret for', { ownSecret: '' }, 'There is no signing secret to verify the webhook'],
];

describe.each(UNVERIFIED)('a call that %s', (_what, given, problem) => {
	test('resumes the execution if the API says that the generation is finished', async () => {
		const { result, callerResponses } = await call(given);
		expect(result).toEqual({ workflowData: [[{ json: COMPLETED, pairedItem: { item: 0 } }]] });
		expect(callerResponses).toEqual([]);
	});

	test('is rejected with 401 if the API says that it is not finished', async () => {
		const { result, callerResponses } = await call({
			...given,
			state: { status: 200, body: PROCESSING },
		});
		expect(result).toEqual({ noWebhookResponse: true });
		expect(callerResponses).toEqual([{ status: 401, body: { message: problem } }]);
	});

	test.each([
		['cannot be reached', RESPONSES.unavailable],
		['sends something else', { status: 200, body: 'Welcome' }],
	])('is rejected with 503 if the API %s', async (_how, state) => {
		const { result, callerResponses } = await call({ ...given, state });
		expect(result).toEqual({ noWebhookResponse: true });
		expect(callerResponses).toEqual([
			{
				status: 503,
				body: { message: `${problem}, and the Sync API is unreachable at the moment` },
			},
		]);
	});
});

describe('an execution that waits for a batch', () => {
	const BATCH = {
		id: ID,
		created_at: '2026-01-15T10:30:00Z',
		status: 'COMPLETED',
		metrics: { total_generations: 20, success_count: 20, failed_count: 0, pending_count: 0 },
		outputUrl: 'https://api.sync.so/v2/batches/b1/result',
		webhookUrl: null,
	};
	const RUNNING = { ...BATCH, status: 'PROCESSING', outputUrl: '' };
	const forBatch = { fields: { resource: 'batch', batchId: ID }, body: BATCH };

	test('resumes with the state from the API', async () => {
		const { result, requested } = await call({ ...forBatch, state: { status: 200, body: BATCH } });
		expect(result).toEqual({ workflowData: [[{ json: BATCH, pairedItem: { item: 0 } }]] });
		expect(requested).toEqual([`/v2/batch/${ID}`]);
	});

	test('stays suspended after a forged call', async () => {
		const state = { status: 200, body: RUNNING };
		const { callerResponses } = await call({ ...forBatch, state, secret: 'whsec_other' });
		expect(callerResponses).toMatchObject([{ status: 401 }]);
	});

	test('stays suspended after a call about another batch', async () => {
		const { callerResponses } = await call({ ...forBatch, body: { ...BATCH, id: 'another' } });
		const body = { message: 'This execution waits for another batch' };
		expect(callerResponses).toEqual([{ status: 401, body }]);
	});

	test('outputs an error if the batch failed', async () => {
		const failed = { ...BATCH, status: 'FAILED' };
		const { result } = await call({
			...forBatch,
			body: failed,
			state: { status: 200, body: failed },
		});
		expect(result.workflowData).toMatchObject([
			[{ json: { error: { batchId: ID, status: 'FAILED' } } }],
		]);
	});
});

describe('the execution stays suspended', () => {
	const OTHER = 'This execution waits for another generation';

	test.each<[string, WebhookCase, number, string]>([
		['a call about another generation', { body: { ...NEWS, id: 'another' } }, 401, OTHER],
		['a call about a batch', { body: { id: ID, metrics: {} } }, 401, OTHER],
		['an empty call', { body: {} }, 401, OTHER],
		[
			'a call to a node whose fields cannot be read',
			{ isBroken: true },
			500,
			"The webhook can't be verified",
		],
	])('after %s', async (_what, given, status, message) => {
		const { result, callerResponses, requested } = await call(given);
		expect(result).toEqual({ noWebhookResponse: true });
		expect(callerResponses).toEqual([{ status, body: { message } }]);
		expect(requested).toEqual([]);
	});

	test('after a call about an unfinished generation, which is accepted', async () => {
		const { result, callerResponses } = await call({
			body: PENDING,
			state: { status: 200, body: PENDING },
		});
		expect([result, callerResponses]).toEqual([{}, []]);
	});
});

test.each([
	['has none', ''],
	['has an old one', 'whsec_old'],
])('uses the secret from the API if the credential %s', async (_what, ownSecret) => {
	const secretResponse = { status: 200, body: { secret: SECRET } };
	// The state of the generation is not needed then.
	const { result, requested } = await call({
		ownSecret,
		secretResponse,
		state: RESPONSES.unavailable,
	});
	expect(result.workflowData).toHaveLength(1);
	expect(requested[0]).toBe(SECRET_PATH);
});

test('Signature Tolerance (Seconds) sets the maximum age of a call', async () => {
	const { result } = await call({ age: 3000, fields: { options: { signatureTolerance: 3600 } } });
	expect(result.workflowData).toHaveLength(1);
});
