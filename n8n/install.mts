import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';

import lockfile from 'proper-lockfile';

import { getCacheFolder } from './cache.mts';
import { assertNodejsAvailable, findNodejs, findNodejsHeaders } from './nodejs.mts';
import { runNpm } from './npm.mts';
import { printLine, startProgress } from './progress.mts';

/** The n8n versions to test with. Each has a folder beside this file that pins all its dependencies. */
export const N8N_VERSIONS = ['2.41.1', '1.123.81'] as const;

/** The newest of these versions. */
export const [LATEST_N8N] = N8N_VERSIONS;

/** An n8n version to test with. */
export type N8nVersion = (typeof N8N_VERSIONS)[number];

/** An installed n8n. */
export interface InstalledN8n {
	version: N8nVersion;
	/** The path of the Node.js that runs it. */
	node: string;
	/** The path of n8n's start script. */
	script: string;
}

/** The files that determine an installation. */
const PINNED_FILES = ['package.json', 'package-lock.json'];

/** After how long (ms) without renewal a lock is considered left over from a process that died. */
const LOCK_STALE_AFTER = 30_000;

/** Once per second, for half an hour. */
const LOCK_RETRIES = { retries: 1800, factor: 1, minTimeout: 1000, maxTimeout: 1000 };

/**
 * Installs n8n into the cache folder, unless it is already there.
 *
 * The first time, this takes some minutes and about 3 GB, and prints its progress. An interrupted installation is
 * repeated, and a lock keeps two processes from installing the same version at the same time.
 *
 * @throws Error if npm fails, or if there is no Node.js that can run this n8n
 */
export async function installN8n(version: N8nVersion): Promise<InstalledN8n> {
	const pinned = path.join(import.meta.dirname, version);
	const name = `n8n-${version}-${process.platform}-${process.arch}-${await hashPinnedFiles(pinned)}`;
	const folder = path.join(getCacheFolder(), name);
	if (!existsSync(folder)) {
		await mkdir(getCacheFolder(), { recursive: true });
		const release = await acquireLock(folder, version);
		try {
			if (!existsSync(folder)) await installLocked(folder, pinned, version);
		} finally {
			await release();
		}
	}
	return {
		version,
		node: findNodejs(folder),
		script: path.join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
	};
}

async function hashPinnedFiles(pinned: string): Promise<string> {
	const hash = createHash('sha256');
	for (const file of PINNED_FILES) hash.update(await readFile(path.join(pinned, file)));
	return hash.digest('hex').slice(0, 12);
}

async function acquireLock(folder: string, version: N8nVersion): Promise<() => Promise<void>> {
	const options = { realpath: false, stale: LOCK_STALE_AFTER };
	if (await lockfile.check(folder, options)) {
		printLine(`n8n ${version}: waiting for another process that is installing it`);
	}
	return await lockfile.lock(folder, { ...options, retries: LOCK_RETRIES });
}

/**
 * Installs n8n. Requires the lock. The folder gets its name last, so it exists only if the installation is complete.
 */
async function installLocked(folder: string, pinned: string, version: N8nVersion): Promise<void> {
	assertNodejsAvailable();
	await removeLeftovers(folder);
	const unfinished = await mkdtemp(`${folder}.unfinished-`);
	const progress = await startProgress(`n8n ${version}`, unfinished, pinned);
	try {
		for (const file of PINNED_FILES) {
			await copyFile(path.join(pinned, file), path.join(unfinished, file));
		}
		progress.step(
			'installing',
			`once per machine: takes 3 to 10 minutes and about 3 GB, in ${folder}`,
		);
		await runNpm(['ci', '--ignore-scripts', '--include=optional', '--omit=dev', '--no-dry-run'], {
			cwd: unfinished,
		});
		// n8n needs this native module to start. The others ship with binaries or aren't used here, and some of them fail
		// to build.
		progress.step('downloading or compiling the SQLite driver', 'takes about a minute');
		const nodedir = findNodejsHeaders(unfinished);
		await runNpm(['rebuild', 'sqlite3', '--no-ignore-scripts', '--foreground-scripts'], {
			cwd: unfinished,
			env: { JOBS: 'max', ...(nodedir && { npm_config_nodedir: nodedir }) },
		});
		await rename(unfinished, folder);
		progress.step('installed', `in ${folder}`);
	} catch (error) {
		await rm(unfinished, { recursive: true, force: true });
		throw error;
	} finally {
		progress.stop();
	}
}

async function removeLeftovers(folder: string): Promise<void> {
	const parent = path.dirname(folder);
	const prefix = `${path.basename(folder)}.unfinished-`;
	const leftovers = (await readdir(parent)).filter((entry) => entry.startsWith(prefix));
	await Promise.all(
		leftovers.map((entry) => rm(path.join(parent, entry), { recursive: true, force: true })),
	);
}
