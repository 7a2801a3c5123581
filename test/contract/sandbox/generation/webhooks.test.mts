import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Delivery } from '../../../../sandbox/core/webhooks.mts';
import { ApiLab, LIP_SYNC_REQUEST } from '../apiLab.mts';

const api = new ApiLab();

let receiver: Server;
let webhookUrl: string;
/** The HTTP status that the receiver responds with. */
let status: number;

beforeAll(async () => {
	receiver = createServer((request, response) => {
		request.resume().on('end', () => response.writeHead(status, { location: '/' }).end());
	});
	await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
	webhookUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});

afterAll(() => receiver.closeAllConnections());
afterAll(() => receiver.close());

beforeEach(() => {
	status = 200;
});

const getSecret = async (query = ''): Promise<string> =>
	(await api.request<{ secret: string }>(`/v2/organizations/webhook/secret${query}`)).body.secret;

/** Verifies a signature as a receiver does. */
const isSignedWith = ({ headers, body }: Delivery, secret: string): boolean => {
	const [, time, digest] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headers['sync-signature']) ?? [];
	return digest === createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
};

describe('a webhook', () => {
	test('is sent once when a generation completes, and is signed', async () => {
		const { id, createdAt } = await api.completeGeneration({ webhookUrl });
		await api.control.waitForDeliveries(1);
		const [delivery, ...others] = await api.control.listDeliveries();
		expect(others).toEqual([]);
		expect(delivery).toMatchObject({ id, url: webhookUrl, status: 200 });
		expect(isSignedWith(delivery, await getSecret())).toBe(true);
		const { outputUrl, ...payload } = JSON.parse(delivery.body) as Record<string, unknown>;
		expect(payload).toEqual({
			...LIP_SYNC_REQUEST,
			id,
			createdAt,
			status: 'COMPLETED',
			options: null,
			segmentOutputUrl: null,
			outputDuration: 2,
			webhookUrl,
			error: null,
			error_code: null,
		});
		expect((await fetch(outputUrl as string)).status).toBe(200);
	});

	test('is sent when a generation fails', async () => {
		const error = { error: 'No face', errorCode: 'generation_input_face_not_detected' };
		const { id } = (await api.createGeneration({ webhookUrl })).body;
		await api.control.endGeneration(id, { status: 'FAILED', ...error });
		await api.control.waitForDeliveries(1);
		const [{ body }] = await api.control.listDeliveries();
		expect(JSON.parse(body)).toMatchObject({
			status: 'FAILED',
			error: error.error,
			error_code: error.errorCode,
			outputUrl: null,
		});
	});

	test('is not sent when a generation is rejected', async () => {
		await api.control.addOutcome({ status: 'REJECTED', pendingMs: 0, times: 1 });
		await api.createGeneration({ webhookUrl });
		const { id } = await api.completeGeneration({ webhookUrl });
		await api.control.waitForDeliveries(1);
		expect((await api.control.listDeliveries()).map((delivery) => delivery.id)).toEqual([id]);
	});

	test.each([500, 302])('is not retried after status %d', async (response) => {
		status = response;
		await api.completeGeneration({ webhookUrl });
		await api.control.waitForDeliveries(1);
		status = 200;
		await api.completeGeneration({ webhookUrl });
		await api.control.waitForDeliveries(2);
		const statuses = (await api.control.listDeliveries()).map((delivery) => delivery.status);
		expect(statuses).toEqual([response, 200]);
	});

	test('without a receiver has no status', async () => {
		await api.completeGeneration({ webhookUrl: 'http://127.0.0.1:9/' });
		await api.control.waitForDeliveries(1);
		expect((await api.control.listDeliveries())[0].status).toBeNull();
	});

	test('can be lost and sent later, depending on the setting', async () => {
		await api.control.configure({ webhooks: 'off' });
		const { id } = await api.completeGeneration({ webhookUrl });
		expect(await api.control.sendWebhook(id)).toMatchObject({ id, status: 200 });
		expect(await api.control.listDeliveries()).toHaveLength(1);
	});

	test('can be delayed', async () => {
		await api.control.configure({ webhookDelayMs: 80 });
		const before = Date.now();
		await api.completeGeneration({ webhookUrl });
		await api.control.waitForDeliveries(1);
		expect((await api.control.listDeliveries())[0].at - before).toBeGreaterThanOrEqual(79);
	});

	test('can have an invalid or old signature', async () => {
		const { id } = await api.completeGeneration({ webhookUrl });
		const secret = await getSecret();
		const forged = await api.control.sendWebhook(id, { secret: 'whsec_other' });
		expect(isSignedWith(forged, secret)).toBe(false);
		expect(isSignedWith(forged, 'whsec_other')).toBe(true);
		const old = await api.control.sendWebhook(id, { age: 3600 });
		expect(isSignedWith(old, secret)).toBe(true);
		const [, time] = /^t=(\d+)/.exec(old.headers['sync-signature']) ?? [];
		expect(Math.floor(old.at / 1000) - Number(time)).toBe(3600);
	});
});

test('the secret can be read in plain text or masked', async () => {
	const [secret, masked] = [await getSecret(), await getSecret('?masked=true')];
	expect(secret).toMatch(/^whsec_\w+$/);
	expect(masked).not.toContain(secret);
	expect(masked).toMatch(/\*$/);
});
