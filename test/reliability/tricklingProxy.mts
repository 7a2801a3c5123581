import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const PIECE_BYTES = 40;
const PAUSE_MS = 2;

/** Starts a proxy that forwards all connections to a server, whose responses arrive in small pieces. */
export async function startTricklingProxy(url: string) {
	const { hostname, port } = new URL(url);
	const server = createServer((client) => {
		const target = connect(Number(port), hostname);
		client.pipe(target);
		const close = () => {
			client.destroy();
			target.destroy();
		};
		client.on('error', close);
		target.on('error', close);
		client.on('close', close);
		void (async () => {
			for await (const chunk of target) {
				for (let start = 0; start < (chunk as Buffer).length; start += PIECE_BYTES) {
					if (client.destroyed) return;
					client.write((chunk as Buffer).subarray(start, start + PIECE_BYTES));
					await sleep(PAUSE_MS);
				}
			}
			client.end();
		})().catch(close);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: () => server.close(),
	};
}
