import { NodeOperationError, type IHookFunctions, type WorkflowActivateMode } from 'n8n-workflow';

import { checkSecret } from '../../nodes/SyncTrigger/webhook/checkSecret.ts';
import { receiveCall } from '../../nodes/SyncTrigger/webhook/receiveCall.ts';
import { FakeWebhook, SECRET, type WebhookCase } from './fakeWebhook.mts';
import { COMPLETED, FAILED, PROCESSING, REJECTED } from './generations.mts';
import { createConnectionError } from './fakeServer.mts';
import { type HttpResponse, RESPONSES } from './responses.mts';

/** A call about a generation: without the fields that only the API's responses have. */
const NEWS = { ...COMPLETED, outputFileName: undefined, projectId: undefined };

const METRICS = { total_generations: 20, success_count: 20, failed_count: 0, pending_count: 0 };

const BATCH = {
	id: 'batch_1',
	created_at: '2026-01-15T09:31:00.000Z',
	status: 'COMPLETED',
	metrics: METRICS,
	outputUrl: 'https://api.sync.so/v2/batches/batch_1/result',
	webhookUrl: 'https://n8n.example.com/webhook/1/webhook',
};

const OFF = { options: { verifySignature: false } };

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Calls the webhook. Returns the items that start the workflow, and the status sent to the caller. */
async function call(given: WebhookCase = {}) {
	const webhook = new FakeWebhook({ body: NEWS, ...given });
	const received = receiveCall.call(webhook.context);
	await jest.runAllTimersAsync();
	const { workflowData, noWebhookResponse } = await received;
	const items = workflowData?.flat().map(({ json }) => json);
	const [response] = webhook.callerResponses;
	// n8n responds, unless the node has.
	expect(noWebhookResponse === true).toBe(response !== undefined);
	return { items, status: response?.status, response: response?.body };
}

describe('the item', () => {
	test('of a generation has the fields that Get returns, and the event', async () => {
		const { id, ...fields } = COMPLETED;
		const { items, status } = await call();
		const item = { id, event: 'generationCompleted', ...fields, outputFileName: null };
		expect([items, status]).toEqual([[item], undefined]);
		expect(Object.keys(items?.[0] ?? {}).slice(0, 3)).toEqual(['id', 'event', 'status']);
	});

	test('of a batch has the fields that Get returns, and the event', async () => {
		const { items } = await call({ body: BATCH });
		expect(items).toEqual([{ ...BATCH, event: 'batchCompleted' }]);
	});

	test.each([
		[
			'a generation in snake case',
			{
				...{ id: 'g', status: 'FAILED', model: 'sync-3', input: [] },
				...{ created_at: '2026-01-15', output_url: '', error_code: 'x', webhook_url: 'u' },
			},
			{ event: 'generationFailed', createdAt: '2026-01-15', outputUrl: null, errorCode: 'x' },
		],
		[
			'a batch in camel case',
			{
				...{ id: 'b', status: 'FAILED', createdAt: '2026-01-15', outputUrl: '' },
				metrics: { totalGenerations: 20, successCount: 20, failedCount: 0, pendingCount: 0 },
			},
			{ event: 'batchFailed', created_at: '2026-01-15', outputUrl: null, metrics: METRICS },
		],
		[
			'a batch without metrics',
			{ id: 'b', status: 'COMPLETED', created_at: '2026-01-15' },
			{ event: 'batchCompleted', created_at: '2026-01-15', metrics: null },
		],
		[
			'a generation without details',
			{ id: 'g', status: 'COMPLETED' },
			{ event: 'generationCompleted', createdAt: null },
		],
	])('has the same fields for %s', async (_what, body, expected) => {
		const { items = [] } = await call({ body });
		const keys = Object.keys(
			(await call({ body: 'metrics' in expected ? BATCH : NEWS })).items?.[0] ?? {},
		);
		expect(items).toMatchObject([expected]);
		expect(Object.keys(items[0])).toEqual(keys);
	});

	test('keeps unknown fields, and contains neither secret nor signature', async () => {
		const { items } = await call({ body: { ...NEWS, novelty: 1 } });
		expect(items).toMatchObject([{ novelty: 1 }]);
		expect(JSON.stringify(items)).not.toMatch(/whsec|v1=/);
	});
});

describe('a call that starts nothing', () => {
	const LARGE = { ...NEWS, more: 'x'.repeat(1024 * 1024) };

	test.each<[string, WebhookCase, number, string]>([
		['is over 1 MiB', { body: LARGE, isSigned: false }, 413, 'The body is over 1 MiB'],
		[
			'has no signature',
			{ isSigned: false, body: 'not JSON' },
			401,
			'The webhook has no Sync-Signature header',
		],
		[
			'is signed with another secret',
			{ secret: 'whsec_other', body: PROCESSING },
			401,
			"The signature doesn't match the body and the 'Webhook Signing Secret'",
		],
		['is old', { age: 301 }, 401, 'The webhook is too old'],
		['is not JSON', { body: 'not JSON' }, 400, 'The body is not a generation or a batch'],
		['is a list', { body: [NEWS] }, 400, 'The body is not a generation or a batch'],
		[
			'has no ID',
			{ body: { status: 'COMPLETED' } },
			400,
			'The body is not a generation or a batch',
		],
		['has no status', { body: { id: 'g' } }, 400, 'The body is not a generation or a batch'],
		[
			'is about a running generation',
			{ body: PROCESSING },
			200,
			'The workflow does not start for this event',
		],
		[
			'is about another event',
			{ fields: { events: ['batchCompleted'] } },
			200,
			'The workflow does not start for this event',
		],
		[
			'has a status that objects inherit',
			{ body: { ...NEWS, status: 'constructor' } },
			200,
			'The workflow does not start for this event',
		],
		['meets a broken node', { isBroken: true }, 500, "The call can't be processed"],
		[
			'meets an option that an expression left empty',
			{ fields: { options: { verifySignature: '' } }, isSigned: false },
			500,
			"The call can't be processed",
		],
	])('because it %s', async (_why, given, status, message) => {
		expect(await call(given)).toEqual({ items: undefined, status, response: { message } });
	});
});

test.each([
	['generationCompleted', COMPLETED],
	['generationFailed', FAILED],
	['generationRejected', REJECTED],
	['batchCompleted', BATCH],
	['batchFailed', { ...BATCH, status: 'FAILED' }],
])('the event %s starts the workflow if it is selected', async (event, body) => {
	expect((await call({ body, fields: { events: [event] } })).items).toMatchObject([{ event }]);
	expect((await call({ body, fields: { events: [] } })).items).toBeUndefined();
});

test('Verify Signature can be turned off', async () => {
	expect((await call({ isSigned: false, fields: OFF })).items).toHaveLength(1);
});

test("Signature Tolerance (Seconds) sets a call's maximum age", async () => {
	const fields = { options: { signatureTolerance: 3600 } };
	expect((await call({ age: 3000, fields })).items).toHaveLength(1);
});

describe('a repeated call', () => {
	const workflowId = 'repeated';
	let staticData = {};
	let given: WebhookCase;
	const start = async (more: WebhookCase = {}) => (await call({ ...given, ...more })).items?.length;

	beforeEach(() => {
		staticData = {};
		given = { workflowId: `${workflowId}-${Math.random()}`, staticData };
	});

	test('starts the workflow once', async () => {
		expect(await start()).toBe(1);
		expect(await call(given)).toEqual({
			items: undefined,
			status: 200,
			response: { message: 'The workflow has already been started by this call' },
		});
	});

	test('starts the workflow once if it comes at the same time', async () => {
		expect(await Promise.all([start(), start(), start()])).toEqual([1, undefined, undefined]);
	});

	test('starts the workflow once after a restart, from the static data', async () => {
		await start();
		// Another process remembers nothing of this workflow.
		expect(await start({ workflowId: `${workflowId}-restarted` })).toBeUndefined();
	});

	test('is remembered although another call has overwritten the static data', async () => {
		await start();
		await start({ body: { ...NEWS, id: 'other' }, staticData: {} });
		expect(await start({ staticData: {} })).toBeUndefined();
	});

	test.each([
		['the other event', { ...FAILED }],
		['another generation', { ...NEWS, id: 'other' }],
		['a batch with the same ID', { ...BATCH, id: NEWS.id }],
	])('is not one about %s', async (_what, body) => {
		await start();
		expect(await start({ body })).toBe(1);
	});

	test('in another workflow is not one', async () => {
		await start();
		expect(await start({ workflowId: 'another', staticData: {} })).toBe(1);
	});

	test('of a test starts the workflow again', async () => {
		expect([await start({ mode: 'manual' }), await start({ mode: 'manual' })]).toEqual([1, 1]);
		expect(staticData).toEqual({});
	});

	test('is not one after a call that could not be processed', async () => {
		expect(await start({ isBroken: true })).toBeUndefined();
		expect(await start({ secret: 'whsec_other' })).toBeUndefined();
		expect(await start({ fields: { events: [] } })).toBeUndefined();
		expect(await start()).toBe(1);
	});

	test.each([
		['twice the tolerance', undefined, 600],
		['24 hours if any age is accepted', 0, 86_400],
	])('is remembered for %s', async (_what, signatureTolerance, seconds) => {
		const options = signatureTolerance === undefined ? {} : { signatureTolerance };
		const at = Date.now();
		await start({ fields: { options } });
		jest.setSystemTime(at + (seconds - 2) * 1000);
		expect(await start({ fields: { options } })).toBeUndefined();
		jest.setSystemTime(at + (seconds + 2) * 1000);
		expect(await start({ fields: { options } })).toBe(1);
	});

	test('is stored as a short digest, for at most 500 calls', async () => {
		for (let id = 0; id < 510; id++) await start({ body: { ...NEWS, id: String(id) } });
		const { receivedCalls } = staticData as { receivedCalls: Record<string, number> };
		expect(Object.keys(receivedCalls)).toHaveLength(500);
		expect(JSON.stringify(staticData).length).toBeLessThan(20_000);
		expect(await start({ body: { ...NEWS, id: '0' } })).toBeUndefined();
	});

	test.each([null, 'x', 7, { a: 'x' }, [1]])(
		'does not depend on well-formed static data: %j',
		async (receivedCalls) => {
			given.staticData = { receivedCalls };
			expect([await start(), await start()]).toEqual([1, undefined]);
		},
	);
});

describe('activation', () => {
	/** Activates the node. Returns the error that refuses it, and the requests that it sent. */
	async function activate(mode: WorkflowActivateMode, given: WebhookCase) {
		const webhook = new FakeWebhook({ ownSecret: '', ...given });
		const context = { ...webhook.context, getActivationMode: () => mode };
		const error = checkSecret(context as unknown as IHookFunctions).catch(
			(thrown: Error) => thrown,
		);
		await jest.runAllTimersAsync();
		return { error: (await error) as Error | undefined, requests: webhook.requested.length };
	}

	const NONE: HttpResponse = { status: 200, body: {} };

	test.each<[string, WorkflowActivateMode, HttpResponse, string]>([
		['the user activates it and the API has no secret', 'activate', NONE, 'sync.so has no signing'],
		['the API key is invalid', 'activate', RESPONSES.keyInvalid, 'sync.so rejected the API key'],
		['the user listens for a test event', 'manual', RESPONSES.keyInvalid, 'sync.so rejected'],
	])('is refused if %s', async (_why, mode, secretResponse, reason) => {
		const { error } = await activate(mode, { secretResponse });
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error?.message).toBe(
			"There is no secret to verify webhooks with. Enter the 'Webhook Signing Secret' in the Sync API credential, or turn off 'Verify Signature'.",
		);
		expect((error as NodeOperationError).description).toContain(reason);
	});

	test.each<[string, WorkflowActivateMode, WebhookCase]>([
		['the credential has a secret', 'activate', { ownSecret: SECRET }],
		['signatures are not verified', 'activate', { fields: OFF, secretResponse: NONE }],
	])('needs no request if %s', async (_what, mode, given) => {
		expect(await activate(mode, given)).toEqual({ error: undefined, requests: 0 });
	});

	test.each<[string, WorkflowActivateMode, WebhookCase]>([
		[
			'the API has a secret',
			'activate',
			{ secretResponse: { status: 200, body: { secret: 's' } } },
		],
		['the API is down', 'activate', { secretResponse: RESPONSES.unavailable }],
		['the API sends a web page', 'activate', { secretResponse: { status: 200, body: '<html>' } }],
		['n8n starts', 'init', { secretResponse: NONE }],
		['another main process takes over', 'leadershipChange', { secretResponse: NONE }],
		['an active workflow is changed', 'update', { secretResponse: RESPONSES.keyInvalid }],
		['the fields cannot be read', 'activate', { isBroken: true, secretResponse: NONE }],
	])('is not refused if %s', async (_what, mode, given) => {
		expect((await activate(mode, given)).error).toBeUndefined();
	});

	test('is not refused if the API cannot be reached', async () => {
		const webhook = new FakeWebhook({ ownSecret: '' });
		const helpers = {
			httpRequestWithAuthentication: () => Promise.reject(createConnectionError('ECONNREFUSED')),
		};
		const context = { ...webhook.context, helpers, getActivationMode: () => 'activate' };
		const activated = checkSecret(context as unknown as IHookFunctions);
		await jest.runAllTimersAsync();
		await expect(activated).resolves.toBeUndefined();
	});

	test('at a start of n8n gets the secret in the background, without waiting for it', async () => {
		const secretResponse = { status: 200, body: { secret: SECRET } };
		expect((await activate('init', { secretResponse })).requests).toBe(1);
	});
});
