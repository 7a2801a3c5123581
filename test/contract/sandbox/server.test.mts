import { once } from 'node:events';
import { connect } from 'node:net';

import { LIBRARY } from '../../../sandbox/asset/fixtures.mts';
import { startSandbox } from '../../../sandbox/server.mts';
import { ApiLab, getConnectionError } from './apiLab.mts';

const api = new ApiLab();

test('a reset restores the initial state', async () => {
	await api.control.seedAssets(1);
	await api.control.configure({ invalidIdStatus: 422, requestsPerMinute: 0 });
	await api.control.addFault({ kind: 'hang' });
	await api.control.reset();
	expect((await api.control.getTotals()).count).toBe(0);
	expect((await api.request('/v2/assets/x')).status).toBe(400);
	expect((await api.request('/v2/assets/count')).body).toBe(LIBRARY.length);
});

test('starting a sandbox fails if the port is in use', async () => {
	const port = Number(new URL(api.url).port);
	await expect(startSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('closing a sandbox closes idle connections and cancels requests', async () => {
	const sandbox = await startSandbox({ latencyMs: 60_000 });
	const idle = connect(Number(new URL(sandbox.url).port), '127.0.0.1');
	await once(idle, 'connect');
	const closed = once(idle, 'close');
	const request = getConnectionError(fetch(`${sandbox.url}/v2/models`));
	await sandbox.control.waitForRequests(1);
	await sandbox.close();
	await closed;
	expect(await request).not.toBe('responded');
});
