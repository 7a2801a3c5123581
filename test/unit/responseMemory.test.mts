import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { Cancellation } from '../../nodes/shared/transport/cancellation.ts';
import { Sender } from '../../nodes/shared/transport/sender.ts';
import { FakeServer } from './fakeServer.mts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

test('a run does not keep responses in memory after they are used', async () => {
	const bodies: Array<WeakRef<object>> = [];
	const { context } = new FakeServer(() => {
		const body = { items: [{ id: '1' }] };
		bodies.push(new WeakRef(body));
		return { status: 200, body };
	});
	const run = new Cancellation();
	const sender = new Sender({ maxConcurrent: 10, maxRetries: 0, timeout: 60 }, run);
	const readPage = async () => {
		const { ok } = await sender.send(context, { method: 'GET', url: '/v2/assets' });
		expect(ok).toBe(true);
	};
	for (let page = 0; page < 1000; page++) await readPage();
	await setImmediate();
	collectGarbage();
	expect(bodies).toHaveLength(1000);
	expect(bodies.filter((body) => body.deref() !== undefined)).toEqual([]);
	expect(run.isCanceled).toBe(false);
});
