import { once } from 'node:events';
import { connect } from 'node:net';

import { findExecutable } from './executable.mts';
import { findFreePorts } from './ports.mts';
import { startService, type RunningService } from './service.mts';

/** The error if Redis isn't installed. */
export const NO_REDIS = 'Redis is not installed. Install it (Debian: apt install redis-server).';

/** Returns the path of redis-server. Undefined if it isn't installed. */
export const findRedis = (): string | undefined => findExecutable(['redis-server']);

/** Starts a Redis server without persistence. @throws Error if it isn't installed or doesn't start */
export async function startRedis(): Promise<RunningService & { port: number }> {
	const executable = findRedis();
	if (executable === undefined) throw new Error(NO_REDIS);
	const [port] = await findFreePorts(1);
	const args = ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no'];
	const service = await startService({
		name: 'Redis',
		command: [executable, ...args],
		signal: 'TERM',
		isReady: async () => await acceptsConnections(port),
	});
	return { ...service, port };
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
