import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';

import { findExecutable } from './executable.mts';
import { findFreePorts } from './ports.mts';
import { startService, type RunningService } from './service.mts';

/** The error if Redis isn't installed. */
export const NO_REDIS = 'Redis is not installed. Install it (Debian: apt install redis-server).';

/** Returns the path of redis-server. Undefined if it isn't installed. */
export const findRedis = (): string | undefined => findExecutable(['redis-server']);

/** A Redis server that `startRedis` started. */
export interface Redis extends RunningService {
	port: number;
	/** Shuts it down and starts it again with the same data. */
	restart: () => Promise<void>;
}

/** Starts a Redis server that stores its data in a temporary folder. @throws Error if it isn't installed or doesn't start */
export async function startRedis(): Promise<Redis> {
	const executable = findRedis();
	if (executable === undefined) throw new Error(NO_REDIS);
	const [port] = await findFreePorts(1);
	const folder = await mkdtemp(path.join(os.tmpdir(), 'redis-'));
	const args = [
		...['--bind', '127.0.0.1', '--port', String(port), '--dir', folder],
		...['--save', '', '--appendonly', 'yes'],
	];
	const start = async () =>
		await startService({
			name: 'Redis',
			command: [executable, ...args],
			signal: 'TERM',
			isReady: async () => await acceptsConnections(port),
		});
	let service = await start();
	return {
		port,
		restart: async () => {
			await service.stop();
			service = await start();
		},
		stop: async () => {
			await service.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

async function acceptsConnections(port: number): Promise<boolean> {
	const socket = connect(port, '127.0.0.1');
	try {
		await once(socket, 'connect');
		return true;
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}
