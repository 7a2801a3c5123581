import { randomUUID } from 'node:crypto';

import { findTrustProblem } from '../../nodes/shared/transport/webhookCall.ts';
import { createSender } from './fakeServer.mts';
import { FakeWebhook, SECRET, SECRET_PATH, type WebhookCase } from './fakeWebhook.mts';
import { RESPONSES } from './responses.mts';

const FORGED = "The signature doesn't match the body and the 'Webhook Signing Secret'";
const NO_SECRET = 'There is no signing secret to verify the webhook';
const MINUTE = 60_000;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/**
 * An account at sync.so whose secret can be changed, and a node with its credential.
 *
 * @param ownSecret the secret in the credential
 */
function createAccount(ownSecret = '') {
	const apiKey = randomUUID();
	const account = {
		/** The secret at sync.so; undefined if the API is down. */
		secret: SECRET as string | undefined,
		/** How often the API was asked for it. */
		requests: 0,
		/** Verifies a call. @param more how it differs from a genuine one */
		verify: async (more: WebhookCase = {}) => {
			const webhook = new FakeWebhook({
				apiKey,
				ownSecret,
				secretResponse: () =>
					account.secret === undefined
						? RESPONSES.unavailable
						: { status: 200, body: { secret: account.secret } },
				...more,
			});
			const verified = findTrustProblem(webhook.context, createSender({ maxRetries: 0 }), 300);
			await jest.advanceTimersByTimeAsync(0);
			const problem = await verified;
			account.requests += webhook.requested.filter((path) => path === SECRET_PATH).length;
			return problem;
		},
	};
	return account;
}

test("a call signed with the credential's secret needs no request", async () => {
	const account = createAccount(SECRET);
	expect(await account.verify()).toBeUndefined();
	expect(account.requests).toBe(0);
});

test.each([
	['has no signature', { isSigned: false }],
	['is too old', { age: 301 }],
])('a call that %s needs no request', async (_what, more) => {
	const account = createAccount();
	expect(await account.verify(more)).toMatch(/no Sync-Signature|too old/);
	expect(account.requests).toBe(0);
});

test.each([
	['is empty', ''],
	['is an old one', 'whsec_old'],
])("the API's secret is requested once if that of the credential %s", async (_what, own) => {
	const account = createAccount(own);
	expect(await account.verify()).toBeUndefined();
	expect(await account.verify()).toBeUndefined();
	expect(account.requests).toBe(1);
});

test('calls at the same time share one request', async () => {
	const account = createAccount();
	const problems = await Promise.all(
		Array.from({ length: 20 }, async () => await account.verify()),
	);
	expect(problems).toEqual(Array(20).fill(undefined));
	expect(account.requests).toBe(1);
});

test('forged calls cause one request a minute', async () => {
	const account = createAccount();
	for (let second = 0; second < 180; second++) {
		expect(await account.verify({ secret: 'whsec_forged' })).toBe(FORGED);
		jest.advanceTimersByTime(1000);
	}
	expect(account.requests).toBe(3);
});

test('a rotated secret is found by the first call that it signed', async () => {
	const account = createAccount();
	await account.verify();
	jest.advanceTimersByTime(MINUTE);
	account.secret = 'whsec_new';
	expect(await account.verify({ secret: 'whsec_new' })).toBeUndefined();
	expect(await account.verify()).toBe(FORGED);
	expect(account.requests).toBe(2);
});

test('the known secret still works while the API is down', async () => {
	const account = createAccount();
	await account.verify();
	account.secret = undefined;
	jest.advanceTimersByTime(MINUTE);
	expect(await account.verify({ secret: 'whsec_forged' })).toBe(FORGED);
	expect(await account.verify()).toBeUndefined();
});

test('a revoked secret stops working after ten minutes, although no call has a new one', async () => {
	const account = createAccount();
	await account.verify();
	account.secret = 'whsec_new';
	jest.advanceTimersByTime(10 * MINUTE);
	expect(await account.verify()).toBe(FORGED);
	expect(account.requests).toBe(2);
});

test('a secret older than ten minutes is accepted while the API is down, but not remembered', async () => {
	const account = createAccount();
	const credentialId = randomUUID();
	await account.verify({ credentialId });
	account.secret = undefined;
	jest.advanceTimersByTime(10 * MINUTE);
	expect(await account.verify({ credentialId })).toBeUndefined();
	account.secret = 'whsec_new';
	jest.advanceTimersByTime(5000);
	expect(await account.verify({ credentialId })).toBe(FORGED);
});

test('while the secret is unknown and the API down, calls are rejected, and the API is asked again after 5 s', async () => {
	const account = createAccount();
	account.secret = undefined;
	expect(await account.verify()).toBe(NO_SECRET);
	account.secret = SECRET;
	jest.advanceTimersByTime(4999);
	expect(await account.verify()).toBe(NO_SECRET);
	jest.advanceTimersByTime(1);
	expect(await account.verify()).toBeUndefined();
	expect(account.requests).toBe(2);
});

test('accounts have secrets of their own', async () => {
	const [one, other] = [createAccount(), createAccount()];
	other.secret = 'whsec_other';
	expect(await one.verify()).toBeUndefined();
	expect(await other.verify()).toBe(FORGED);
});

test('the secrets of 100 accounts are kept', async () => {
	const [first, second, ...rest] = Array.from({ length: 101 }, () => createAccount());
	for (const account of [first, second]) await account.verify();
	// Used last, so the second one is dropped for the 101st.
	await first.verify();
	for (const account of rest) await account.verify();
	await first.verify();
	await second.verify();
	expect([first.requests, second.requests]).toEqual([1, 2]);
});

describe('of a burst of calls', () => {
	/** Verifies a call. Returns whether it is genuine, and whether the credential was read. */
	async function verify(given: WebhookCase) {
		const webhook = new FakeWebhook(given);
		const verified = findTrustProblem(webhook.context, createSender({ maxRetries: 0 }), 300);
		await jest.runAllTimersAsync();
		return { problem: await verified, reads: webhook.credentialReads > 0 };
	}

	test('only the first one reads the credential, for ten seconds', async () => {
		const credentialId = randomUUID();
		expect(await verify({ credentialId })).toEqual({ problem: undefined, reads: true });
		expect(await verify({ credentialId })).toEqual({ problem: undefined, reads: false });
		jest.advanceTimersByTime(10_000);
		expect(await verify({ credentialId })).toEqual({ problem: undefined, reads: true });
	});

	test('forged ones are rejected, and a new secret is accepted at once', async () => {
		const credentialId = randomUUID();
		await verify({ credentialId });
		expect(await verify({ credentialId, secret: 'whsec_forged' })).toEqual({
			problem: FORGED,
			reads: true,
		});
		const changed = { ownSecret: 'whsec_new', secret: 'whsec_new' };
		expect(await verify({ credentialId, ...changed })).toEqual({ problem: undefined, reads: true });
	});

	test('those with another credential read their own', async () => {
		await verify({ credentialId: randomUUID() });
		expect(await verify({ credentialId: randomUUID(), ownSecret: 'x' })).toEqual({
			problem: FORGED,
			reads: true,
		});
	});
});
