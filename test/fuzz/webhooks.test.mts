import fc from 'fast-check';

import { resumeOnWebhook } from '../../nodes/SyncGeneration/waiting/resumeOnWebhook.ts';
import { receiveCall } from '../../nodes/SyncTrigger/webhook/receiveCall.ts';
import { anyJson, anyText } from '../unit/arbitraries.mts';
import { encodeBody, FakeWebhook, SECRET } from '../unit/fakeWebhook.mts';
import { COMPLETED } from '../unit/generations.mts';
import { testWithCases } from './cases.mts';

const API_KEY = 'sk-test-4f1d9c7e';

const FIELDS = [...Object.keys(COMPLETED), 'created_at', 'metrics', 'output_url', 'event', 'json'];

/** A call about a generation with some fields replaced, or any other body. */
const bodies = fc.oneof(
	{
		arbitrary: fc
			.dictionary(fc.constantFrom(...FIELDS), fc.oneof(anyJson, anyText), { maxKeys: 4 })
			.map((changes) => ({ ...COMPLETED, ...changes })),
		weight: 3,
	},
	{
		arbitrary: fc.record(
			{
				id: fc.oneof(anyText, anyJson),
				status: fc.oneof(fc.constantFrom('COMPLETED', 'FAILED', 'REJECTED', 'PENDING'), anyJson),
				metrics: anyJson,
			},
			{ requiredKeys: [] },
		),
		weight: 1,
	},
	anyJson.map((value) => (typeof value === 'object' && value !== null ? value : String(value))),
	anyText,
	// Bytes that are no valid UTF-8, alone or inside a call about a generation.
	fc
		.tuple(fc.uint8Array(), fc.nat(encodeBody(COMPLETED).length), fc.boolean())
		.map(([bytes, position, isInside]) => {
			if (!isInside) return Buffer.from(bytes);
			const whole = encodeBody(COMPLETED);
			return Buffer.concat([whole.subarray(0, position), bytes, whole.subarray(position)]);
		}),
);

const calls = fc.record({
	body: bodies,
	isSigned: fc.boolean(),
	secret: fc.constantFrom(SECRET, 'whsec_other'),
	age: fc.constantFrom(0, 0, 299, 301, -1000),
	state: fc.record({
		status: fc.constantFrom(200, 200, 401, 404, 500),
		body: fc.oneof(fc.constant(COMPLETED), bodies),
	}),
});

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Plays a call. Expects one outcome: items for the workflow, a response of the node, or n8n's own response. */
async function play(
	webhook: FakeWebhook,
	handle: typeof receiveCall,
): Promise<{ items: object[] | undefined; statuses: number[] }> {
	const handled = handle.call(webhook.context);
	// Retries pause.
	await jest.runAllTimersAsync();
	const { workflowData, noWebhookResponse } = await handled;
	const { callerResponses } = webhook;
	expect(callerResponses).toHaveLength(noWebhookResponse ? 1 : 0);
	expect(workflowData !== undefined && noWebhookResponse === true).toBe(false);
	for (const { status, body } of callerResponses) {
		expect(status).not.toBe(500);
		expect(body).toEqual({ message: expect.stringMatching(/\w{2}/) as unknown });
	}
	const items = workflowData?.flat();
	expect(JSON.stringify([items, callerResponses])).not.toMatch(`${API_KEY}|${SECRET}`);
	expect({}).not.toHaveProperty('polluted');
	return { items, statuses: callerResponses.map(({ status }) => status) };
}

const isTrusted = ({ isSigned, secret, age }: { isSigned: boolean; secret: string; age: number }) =>
	isSigned && secret === SECRET && Math.abs(age) <= 300;

testWithCases('Sync Trigger handles any call', 'trigger', calls, async (call) => {
	const webhook = new FakeWebhook({ ...call, apiKey: API_KEY });
	const { items, statuses } = await play(webhook, receiveCall);
	if (!isTrusted(call)) expect(statuses).toEqual([401]);
	for (const item of items ?? []) {
		expect(item).toMatchObject({ json: { id: expect.any(String) as unknown } });
	}
});

testWithCases('Wait for Webhook handles any call', 'resume', calls, async (call) => {
	const webhook = new FakeWebhook({
		...call,
		apiKey: API_KEY,
		fields: {
			resource: 'generation',
			generationId: { __rl: true, mode: 'id', value: COMPLETED.id },
			options: { maxRetries: 0 },
		},
	});
	const { items } = await play(webhook, resumeOnWebhook);
	for (const item of items ?? []) {
		expect(item).toMatchObject({ json: expect.any(Object) as unknown, pairedItem: { item: 0 } });
	}
	// Only the generation that the execution waits for can resume it.
	if (items) {
		expect(JSON.parse(encodeBody(call.body).toString())).toHaveProperty('id', COMPLETED.id);
	}
	expect(webhook.requested.filter((url) => !url.startsWith('/v2/'))).toEqual([]);
});
