import { readdirSync } from 'node:fs';
import { chown, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { execa } from 'execa';

import { findExecutable } from './executable.mts';
import { findFreePorts } from './ports.mts';
import { startService, type RunningService, type User } from './service.mts';

/** Debian installs each version of PostgreSQL into a folder of its own here, which isn't in `PATH`. */
const DEBIAN_FOLDER = '/usr/lib/postgresql';

/** PostgreSQL refuses to run as root, so root runs it as one of these users. Debian's package creates the first one. */
const UNPRIVILEGED_USERS = ['postgres', 'nobody'];

/** The user who owns the database. */
const OWNER = 'n8n';

/** The error if PostgreSQL isn't installed. */
export const NO_POSTGRES =
	'PostgreSQL is not installed. Install it (Debian: apt install postgresql).';

/** Returns the paths of PostgreSQL's executables. Undefined if it isn't installed. */
export function findPostgres(): { initdb: string; postgres: string } | undefined {
	const folders = debianFolders();
	const initdb = findExecutable(['initdb'], folders);
	const postgres = findExecutable(['postgres'], folders);
	return initdb && postgres ? { initdb, postgres } : undefined;
}

/** Newest version first. */
function debianFolders(): string[] {
	try {
		const versions = readdirSync(DEBIAN_FOLDER).sort((a, b) => Number(b) - Number(a));
		return versions.map((version) => path.join(DEBIAN_FOLDER, version, 'bin'));
	} catch {
		return [];
	}
}

/** A PostgreSQL server that `startPostgres` started. */
export interface Postgres extends RunningService {
	/** The environment variables that make n8n use it. */
	env: NodeJS.ProcessEnv;
}

/**
 * Starts a PostgreSQL server with an empty database in a temporary folder, which is removed when it ends.
 *
 * @throws Error if it isn't installed or doesn't start
 */
export async function startPostgres(): Promise<Postgres> {
	const executables = findPostgres();
	if (!executables) throw new Error(NO_POSTGRES);
	const folder = await mkdtemp(path.join(os.tmpdir(), 'postgres-'));
	const data = path.join(folder, 'data');
	const user = await findUnprivilegedUser();
	try {
		if (user) await chown(folder, user.uid, user.gid);
		const options = ['--username', OWNER, '--auth', 'trust', '--locale', 'C', '--encoding', 'UTF8'];
		await execa(executables.initdb, ['--pgdata', data, '--no-sync', ...options], {
			cwd: '/',
			...user,
		});
	} catch (error) {
		await rm(folder, { recursive: true, force: true });
		throw error;
	}
	const [port] = await findFreePorts(1);
	const settings = {
		port,
		listen_addresses: '127.0.0.1',
		unix_socket_directories: '',
		// The data doesn't need to survive a crash.
		fsync: 'off',
	};
	const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const service = await startService({
		name: 'PostgreSQL',
		command: [executables.postgres, '-D', data, ...args],
		// Disconnects the clients. TERM would wait for them.
		signal: 'INT',
		isReady: async () => await isReady(data),
		temporaryFolder: folder,
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

/** Returns the user to run PostgreSQL as. Undefined for the current user. */
async function findUnprivilegedUser(): Promise<User | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const users = await readFile('/etc/passwd', 'utf8');
	for (const name of UNPRIVILEGED_USERS) {
		const [, uid, gid] = new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, 'm').exec(users) ?? [];
		if (uid) return { uid: Number(uid), gid: Number(gid) };
	}
	throw new Error(
		`PostgreSQL can't run as root, and there is no user named ${UNPRIVILEGED_USERS.join(' or ')}`,
	);
}

/** Whether the server is ready, according to the file that `pg_ctl --wait` reads too. */
async function isReady(data: string): Promise<boolean> {
	const lines = await readFile(path.join(data, 'postmaster.pid'), 'utf8').catch(() => '');
	return lines.split('\n').some((line) => line.trim() === 'ready');
}
