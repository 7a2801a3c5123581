import { once } from 'node:events';
import { connect } from 'node:net';

import { freePorts } from './ports.mts';
import { findProgram } from './program.mts';
import { startService, type RunningService } from './service.mts';

/** What to do where there is no Redis. */
export const NO_REDIS =
	'There is no redis-server here: install it (Debian: apt install redis-server)';

/** The Redis of this machine; undefined when there is none. */
export const findRedis = (): string | undefined => findProgram(['redis-server']);

/** Starts a Redis that keeps nothing on the disk. @throws Error when there is none, or it does not get ready */
export async function startRedis(): Promise<RunningService & { port: number }> {
	const program = findRedis();
	if (program === undefined) throw new Error(NO_REDIS);
	const [port] = await freePorts(1);
	const args = ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no'];
	const service = await startService({
		name: 'Redis',
		command: [program, ...args],
		signal: 'TERM',
		isReady: async () => await accepts(port),
	});
	return { ...service, port };
}

async function accepts(port: number): Promise<boolean> {
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
