import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Delivery } from '../../../../sandbox/core/webhooks.mts';
import { LIP_SYNC, SandboxApi } from '../apiClient.mts';

const api = new SandboxApi();

let receiver: Server;
let webhookUrl: string;
/** What the receiver answers. */
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

const secretOf = async (query = ''): Promise<string> =>
	(await api.ask<{ secret: string }>(`/v2/organizations/webhook/secret${query}`)).body.secret;

/** Whether a delivery is signed with a secret, as a receiver finds out. */
const isSignedWith = ({ headers, body }: Delivery, secret: string): boolean => {
	const [, time, digest] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headers['sync-signature']) ?? [];
	return digest === createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
};

describe('a webhook', () => {
	test('tells once that a generation is completed, and is signed', async () => {
		const { id, createdAt } = await api.generated({ webhookUrl });
		await api.control.waitForDeliveries(1);
		const [delivery, ...others] = await api.control.deliveries();
		expect(others).toEqual([]);
		expect(delivery).toMatchObject({ id, url: webhookUrl, status: 200 });
		expect(isSignedWith(delivery, await secretOf())).toBe(true);
		const { outputUrl, ...payload } = JSON.parse(delivery.body) as Record<string, unknown>;
		expect(payload).toEqual({
			...LIP_SYNC,
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

	test('tells that a generation failed', async () => {
		const error = { error: 'No face', errorCode: 'generation_input_face_not_detected' };
		const { id } = (await api.generate({ webhookUrl })).body;
		await api.control.endGeneration(id, { status: 'FAILED', ...error });
		await api.control.waitForDeliveries(1);
		const [{ body }] = await api.control.deliveries();
		expect(JSON.parse(body)).toMatchObject({
			status: 'FAILED',
			error: error.error,
			error_code: error.errorCode,
			outputUrl: null,
		});
	});

	test('does not tell that a generation was rejected', async () => {
		await api.control.nextOutcome({ status: 'REJECTED', pendingMs: 0, times: 1 });
		await api.generate({ webhookUrl });
		const { id } = await api.generated({ webhookUrl });
		await api.control.waitForDeliveries(1);
		expect((await api.control.deliveries()).map((delivery) => delivery.id)).toEqual([id]);
	});

	test.each([500, 302])('that is answered with %d is not sent again', async (answer) => {
		status = answer;
		await api.generated({ webhookUrl });
		await api.control.waitForDeliveries(1);
		status = 200;
		await api.generated({ webhookUrl });
		await api.control.waitForDeliveries(2);
		const statuses = (await api.control.deliveries()).map((delivery) => delivery.status);
		expect(statuses).toEqual([answer, 200]);
	});

	test('that nobody takes has no status', async () => {
		await api.generated({ webhookUrl: 'http://127.0.0.1:9/' });
		await api.control.waitForDeliveries(1);
		expect((await api.control.deliveries())[0].status).toBeNull();
	});

	test('is lost when set so, and can be sent later', async () => {
		await api.control.configure({ webhooks: 'off' });
		const { id } = await api.generated({ webhookUrl });
		expect(await api.control.deliver(id)).toMatchObject({ id, status: 200 });
		expect(await api.control.deliveries()).toHaveLength(1);
	});

	test('comes late when set so', async () => {
		await api.control.configure({ webhookDelayMs: 80 });
		const before = Date.now();
		await api.generated({ webhookUrl });
		await api.control.waitForDeliveries(1);
		expect((await api.control.deliveries())[0].at - before).toBeGreaterThanOrEqual(79);
	});

	test('can be forged, or old', async () => {
		const { id } = await api.generated({ webhookUrl });
		const secret = await secretOf();
		const forged = await api.control.deliver(id, { secret: 'whsec_other' });
		expect(isSignedWith(forged, secret)).toBe(false);
		expect(isSignedWith(forged, 'whsec_other')).toBe(true);
		const old = await api.control.deliver(id, { age: 3600 });
		expect(isSignedWith(old, secret)).toBe(true);
		const [, time] = /^t=(\d+)/.exec(old.headers['sync-signature']) ?? [];
		expect(Math.floor(old.at / 1000) - Number(time)).toBe(3600);
	});
});

test('the secret can be had as it is, or masked', async () => {
	const [secret, masked] = [await secretOf(), await secretOf('?masked=true')];
	expect(secret).toMatch(/^whsec_\w+$/);
	expect(masked).not.toContain(secret);
	expect(masked).toMatch(/\*$/);
});
