import { once } from 'node:events';
import { connect } from 'node:net';

import { SandboxClient } from '../../../../sandbox/client.mts';
import { Clock } from '../../../../sandbox/core/clock.mts';
import { readContract } from '../../../../sandbox/core/contract.mts';
import {
	assetIdAt,
	ASSETS,
	LIBRARY,
	MISSING_ASSET_ID,
	type Asset,
} from '../../../../sandbox/asset/library.mts';
import { RequestRecord } from '../../../../sandbox/core/record.mts';
import { buildSandbox, startSandbox } from '../../../../sandbox/server.mts';
import { REPLIES } from '../../../unit/answers.mts';
import { brokenBy, idsOf, SandboxApi } from '../apiClient.mts';

const api = new SandboxApi();

describe('the record', () => {
	test('has requests as they were sent', async () => {
		await api.ask('/v2/assets?searchQuery=a%20b', { headers: { 'x-test': 'yes' } });
		await api.ask('/v2/assets/batch', { json: { ids: [ASSETS.image] } });
		const [list, batch] = await api.control.requests();
		expect(list).toMatchObject({
			at: expect.any(Number) as number,
			method: 'GET',
			path: '/v2/assets?searchQuery=a%20b',
			headers: { 'x-test': 'yes' },
			body: null,
			status: 200,
			operationId: 'listAssets',
		});
		expect(batch).toMatchObject({ method: 'POST', body: { ids: [ASSETS.image] } });
	});

	test('counts by operation and by status', async () => {
		await api.ask('/v2/models');
		await api.ask(`/v2/assets/${MISSING_ASSET_ID}`);
		await api.ask('/v2/unknown');
		expect(await api.control.totals()).toMatchObject({
			count: 3,
			byOperation: { listModels: 1, getAsset: 1, unknown: 1 },
			byStatus: { 200: 1, 404: 2 },
		});
	});

	test('knows how many requests were in flight at once', async () => {
		await api.control.configure({ latencyMs: 80 });
		await Promise.all([api.ask('/v2/models'), api.ask('/v2/models'), api.ask('/v2/models')]);
		await api.ask('/v2/models');
		expect((await api.control.totals()).peakInFlight).toBe(3);
	});

	test('keeps the last 5,000 requests, and counts them all', () => {
		const record = new RequestRecord();
		const request = { at: 0, method: 'GET', path: '/', headers: {}, body: null };
		for (let number = 0; number < 12_345; number++) {
			record.begin({ ...request, at: number, status: null, operationId: null })(200);
		}
		expect(record.requests.map(({ at }) => at)).toEqual(
			Array.from({ length: 5000 }, (_, index) => 7345 + index),
		);
		expect(record.totals).toMatchObject({ count: 12_345, byStatus: { 200: 12_345 } });
	});
});

test('seeding adds assets to those that are there, again and again', async () => {
	await api.control.seed(3);
	await api.control.seed(2);
	expect((await api.ask('/v2/assets/count')).body).toBe(LIBRARY.length + 5);
	expect((await api.ask(`/v2/assets/${assetIdAt(4)}`)).status).toBe(200);
});

test('a reset makes everything as it was at the start', async () => {
	await api.control.seed(1);
	await api.control.configure({ invalidIdStatus: 422, requestsPerMinute: 0 });
	await api.control.addFault({ kind: 'hang' });
	await api.control.reset();
	expect((await api.control.totals()).count).toBe(0);
	expect((await api.ask('/v2/assets/x')).status).toBe(400);
	expect((await api.ask('/v2/assets/count')).body).toBe(LIBRARY.length);
});

test('the IDs of the library and of seeded assets are UUIDs of version 4, each another', () => {
	const seeded = Array.from({ length: 2000 }, (_, index) => assetIdAt(index));
	const ids = [...idsOf(LIBRARY), MISSING_ASSET_ID, ...seeded];
	const form = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
	expect(ids.filter((id) => !form.test(id))).toEqual([]);
	expect(new Set(ids).size).toBe(ids.length);
});

test('no two things are made at the same time', () => {
	const clock = new Clock();
	const times = Array.from({ length: 1000 }, () => clock.now());
	expect(new Set(times).size).toBe(1000);
	expect(times).toEqual([...times].sort());
});

test('a port that is in use is said', async () => {
	const port = Number(new URL(api.url).port);
	await expect(startSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('closing ends connections that are waiting and requests that hang', async () => {
	const closing = await startSandbox({ latencyMs: 60_000 });
	const waiting = connect(Number(new URL(closing.url).port), '127.0.0.1');
	await once(waiting, 'connect');
	const ended = once(waiting, 'close');
	const hanging = brokenBy(fetch(`${closing.url}/v2/models`));
	await closing.control.waitForRequests(1);
	await closing.close();
	await ended;
	expect(await hanging).not.toBe('answered');
});

test('an answer that breaks the contract is noted, and is a fault of the server', async () => {
	const wrong = { ...LIBRARY[0], size: 'huge' } as unknown as Asset;
	const app = await buildSandbox({ getAsset: () => wrong }, 'key');
	const url = await app.listen({ host: '127.0.0.1', port: 0 });
	const headers = { 'x-api-key': 'key' };
	const answer = await fetch(`${url}/v2/assets/${ASSETS.image}`, { headers });
	const body: unknown = await answer.json();
	const { violations } = await new SandboxClient(url).totals();
	await app.close();
	expect({ status: answer.status, body }).toEqual({
		status: 500,
		body: { ...REPLIES.internalError.body, requestId: expect.any(String) as string },
	});
	expect(violations).toEqual([expect.stringContaining('size must be integer')]);
});

test('the examples of the contract fit their schemas', () => {
	const contract = readContract();
	const { examples } = contract;
	expect(examples.length).toBeGreaterThan(20);
	expect(
		examples.flatMap(({ operation, part, value }) =>
			contract.validate(operation, part, value).map((fault) => `${operation} ${part}: ${fault}`),
		),
	).toEqual([]);
});
