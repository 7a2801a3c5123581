import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { chown, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { freePorts } from './ports.mts';
import { findProgram } from './program.mts';
import { startService, type RunningService, type User } from './service.mts';

const run = promisify(execFile);

/** Where Debian installs PostgreSQL: each version has a folder for its programs, which is not on the path. */
const DEBIAN_FOLDER = '/usr/lib/postgresql';

/** Who runs PostgreSQL when we are root, which it refuses. The first one is created by Debian's package. */
const UNPRIVILEGED = ['postgres', 'nobody'];

/** The owner of the database. */
const OWNER = 'n8n';

/** What to do where there is no PostgreSQL. */
export const NO_POSTGRES =
	'There is no PostgreSQL server here: install it (Debian: apt install postgresql)';

/** The programs of this machine's PostgreSQL; undefined when there is none. */
export function findPostgres(): { initdb: string; postgres: string } | undefined {
	const folders = debianFolders();
	const initdb = findProgram(['initdb'], folders);
	const postgres = findProgram(['postgres'], folders);
	return initdb && postgres ? { initdb, postgres } : undefined;
}

/** The newest version first. */
function debianFolders(): string[] {
	try {
		const versions = readdirSync(DEBIAN_FOLDER).sort((a, b) => Number(b) - Number(a));
		return versions.map((version) => path.join(DEBIAN_FOLDER, version, 'bin'));
	} catch {
		return [];
	}
}

/** A PostgreSQL server that was started. */
export interface Postgres extends RunningService {
	/** The environment variables with which n8n uses it. */
	env: NodeJS.ProcessEnv;
}

/**
 * Starts a PostgreSQL server with an empty database, in a temporary folder that goes with it.
 *
 * @throws Error when there is none, or it does not get ready
 */
export async function startPostgres(): Promise<Postgres> {
	const programs = findPostgres();
	if (!programs) throw new Error(NO_POSTGRES);
	const folder = await mkdtemp(path.join(os.tmpdir(), 'postgres-'));
	const data = path.join(folder, 'data');
	const user = await unprivilegedUser();
	try {
		if (user) await chown(folder, user.uid, user.gid);
		const options = ['--username', OWNER, '--auth', 'trust', '--locale', 'C', '--encoding', 'UTF8'];
		await run(programs.initdb, ['--pgdata', data, '--no-sync', ...options], { cwd: '/', ...user });
	} catch (error) {
		await rm(folder, { recursive: true, force: true });
		throw error;
	}
	const [port] = await freePorts(1);
	const settings = {
		port,
		listen_addresses: '127.0.0.1',
		unix_socket_directories: '',
		// The data is needed for some minutes only.
		fsync: 'off',
	};
	const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const service = await startService({
		name: 'PostgreSQL',
		command: [programs.postgres, '-D', data, ...args],
		// Disconnects its clients. TERM would wait for them.
		signal: 'INT',
		isReady: async () => await saysReady(data),
		folder,
		user,
	});
	const env = {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(port),
		DB_POSTGRESDB_DATABASE: 'postgres',
		DB_POSTGRESDB_USER: OWNER,
	};
	return { ...service, env };
}

/** The user to run PostgreSQL as; undefined: the one of this process. */
async function unprivilegedUser(): Promise<User | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const users = await readFile('/etc/passwd', 'utf8');
	for (const name of UNPRIVILEGED) {
		const [, uid, gid] = new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, 'm').exec(users) ?? [];
		if (uid) return { uid: Number(uid), gid: Number(gid) };
	}
	throw new Error(
		`PostgreSQL can't run as root, and there is no user ${UNPRIVILEGED.join(' or ')}`,
	);
}

/** Whether the server notes that it is ready, in the file that `pg_ctl --wait` looks at too. */
async function saysReady(data: string): Promise<boolean> {
	const lines = await readFile(path.join(data, 'postmaster.pid'), 'utf8').catch(() => '');
	return lines.split('\n').some((line) => line.trim() === 'ready');
}
