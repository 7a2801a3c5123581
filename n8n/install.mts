import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';

import lockfile from 'proper-lockfile';

import { cacheFolder } from './cache.mts';
import { assertNodeAvailable, headersFor, nodeFor } from './node.mts';
import { runNpm } from './npm.mts';
import { startProgress } from './progress.mts';

/** The n8n versions this project is tried with: one folder each beside this file, with exact versions of everything. */
export const N8N_VERSIONS = ['2.41.1', '1.123.81'] as const;

/** One of the n8n versions this project is tried with. */
export type N8nVersion = (typeof N8N_VERSIONS)[number];

/** An installed n8n. */
export interface InstalledN8n {
	version: N8nVersion;
	/** The Node.js program that runs it. */
	node: string;
	/** n8n's start script, to be given to `node`. */
	n8n: string;
}

/** What an installation is made from. */
const PINNED_FILES = ['package.json', 'package-lock.json'];

/** Another process may be installing; a lock not renewed for this long (ms) was left by one that died. */
const LOCK_STALE = 30_000;

/** Ask for the lock once a second, for half an hour. */
const LOCK_RETRIES = { retries: 1800, factor: 1, minTimeout: 1000, maxTimeout: 1000 };

/**
 * Installs n8n into the cache folder, once per machine and lock file, and says where it is.
 *
 * Takes some minutes and about 3 GB the first time, and tells its progress; later calls return at once. An install that
 * was cut short is done again; two processes that want the same one take turns.
 *
 * @throws Error when npm fails, or when there is no Node.js that can run this n8n.
 */
export async function installN8n(version: N8nVersion): Promise<InstalledN8n> {
	const pinned = path.join(import.meta.dirname, version);
	const name = `n8n-${version}-${process.platform}-${process.arch}-${await hashOf(pinned)}`;
	const folder = path.join(cacheFolder(), name);
	if (!existsSync(folder)) {
		await mkdir(cacheFolder(), { recursive: true });
		const release = await takeTurn(folder, version);
		try {
			if (!existsSync(folder)) await installInto(folder, pinned, version);
		} finally {
			await release();
		}
	}
	return {
		version,
		node: nodeFor(folder),
		n8n: path.join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
	};
}

async function hashOf(pinned: string): Promise<string> {
	const hash = createHash('sha256');
	for (const file of PINNED_FILES) hash.update(await readFile(path.join(pinned, file)));
	return hash.digest('hex').slice(0, 12);
}

async function takeTurn(folder: string, version: N8nVersion): Promise<() => Promise<void>> {
	const options = { realpath: false, stale: LOCK_STALE };
	if (await lockfile.check(folder, options)) {
		console.error(`n8n ${version}: another process is installing it; waiting for that`);
	}
	return await lockfile.lock(folder, { ...options, retries: LOCK_RETRIES });
}

/** Called with the lock held. The folder gets its final name last, so that it exists only when it is whole. */
async function installInto(folder: string, pinned: string, version: N8nVersion): Promise<void> {
	assertNodeAvailable();
	await removeLeftovers(folder);
	const unfinished = await mkdtemp(`${folder}.unfinished-`);
	const progress = await startProgress(`n8n ${version}`, unfinished, pinned);
	try {
		for (const file of PINNED_FILES) {
			await copyFile(path.join(pinned, file), path.join(unfinished, file));
		}
		progress.step(
			'installing',
			`once for this machine: about 3 GB and 3 to 10 minutes, into ${folder}`,
		);
		await runNpm(['ci', '--ignore-scripts', '--include=optional', '--omit=dev', '--no-dry-run'], {
			cwd: unfinished,
		});
		// The one native part without which n8n does not start. The others ship binaries or are not used here, and some
		// of them fail to build.
		progress.step('getting or compiling its SQLite driver', 'about 1 minute');
		const nodedir = headersFor(unfinished);
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
		progress.end();
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
