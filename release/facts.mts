import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { execa } from 'execa';

import type { ReleaseFacts, TagFacts } from './agreement.mts';

/** The branch that releases are made from. */
const MAIN = 'origin/main';

/**
 * Reads what must agree in a release.
 *
 * @param folder the repository
 * @param tag the name of the tag to release, if there is one
 * @throws Error if a file or git can't be read
 */
export async function readFacts(folder: string, tag?: string): Promise<ReleaseFacts> {
	const read = async (file: string) => await readFile(path.join(folder, file), 'utf8');
	const { version } = JSON.parse(await read('package.json')) as { version: string };
	const lock = JSON.parse(await read('package-lock.json')) as {
		version: string;
		packages: Record<string, { version?: string }>;
	};
	return {
		version,
		lockVersions: [lock.version, lock.packages['']?.version ?? 'none'],
		changelog: await read('CHANGELOG.md'),
		tag: tag === undefined ? undefined : await readTag(folder, tag),
	};
}

async function readTag(folder: string, name: string): Promise<TagFacts> {
	const env = { GIT_TERMINAL_PROMPT: '0' };
	const git = async (...args: string[]) =>
		await execa('git', args, { cwd: folder, reject: false, env });
	const { stdout: local } = await git('rev-parse', '--verify', '--quiet', `${name}^{commit}`);
	const ref = `refs/tags/${name}`;
	// An annotated tag has a second line with its commit. Empty if origin can't be reached.
	const { stdout: refs } = await git('ls-remote', 'origin', ref, `${ref}^{}`);
	const [remote] = refs.split('\n').at(-1)?.split('\t') ?? [];
	const { stdout: head } = await git('rev-parse', 'HEAD');
	const { exitCode } = await git('merge-base', '--is-ancestor', 'HEAD', MAIN);
	const { stdout: changes } = await git('status', '--porcelain', '--untracked-files=no');
	return {
		name,
		head,
		commit: local || remote || undefined,
		isOnMain: exitCode === 0,
		changedFiles: changes.split('\n').flatMap((line) => line.slice(3) || []),
	};
}
