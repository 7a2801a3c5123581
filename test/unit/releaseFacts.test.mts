import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { execa } from 'execa';

import { readFacts } from '../../release/facts.mts';

let folder: string;

/** Runs git in the repository, without the settings of the user. */
async function git(...args: string[]): Promise<string> {
	const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
	const env = { GIT_CONFIG_GLOBAL: '', GIT_CONFIG_NOSYSTEM: '1' };
	return (await execa('git', [...identity, ...args], { cwd: folder, env })).stdout;
}

const commit = async () => await git('commit', '--quiet', '--all', '--message', 'Release');

beforeEach(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'n8n-nodes-sync-so-release-'));
	const version = '1.2.0';
	await writeFile(path.join(folder, 'package.json'), JSON.stringify({ version }));
	const lock = { version, packages: { '': { version: '1.1.0' } } };
	await writeFile(path.join(folder, 'package-lock.json'), JSON.stringify(lock));
	await writeFile(path.join(folder, 'CHANGELOG.md'), '## [Unreleased]\n');
	await git('init', '--quiet');
	await git('add', '.');
	await commit();
	await git('update-ref', 'refs/remotes/origin/main', 'HEAD');
});

afterEach(async () => {
	await rm(folder, { recursive: true });
});

test('the versions and the changelog are read', async () => {
	expect(await readFacts(folder)).toEqual({
		version: '1.2.0',
		lockVersions: ['1.2.0', '1.1.0'],
		changelog: '## [Unreleased]\n',
		tag: undefined,
	});
});

test('an annotated tag is on the commit that it names', async () => {
	await git('tag', '--annotate', '--message', 'v1.2.0', 'v1.2.0');
	const head = await git('rev-parse', 'HEAD');
	expect((await readFacts(folder, 'v1.2.0')).tag).toEqual({
		name: 'v1.2.0',
		head,
		commit: head,
		isOnMain: true,
		changedFiles: [],
	});
});

test('a tag that does not exist yet is on no commit', async () => {
	expect((await readFacts(folder, 'v1.2.0')).tag?.commit).toBeUndefined();
});

test.each([
	['a', []],
	['an annotated', ['--annotate', '--message', 'v1.2.0']],
])('%s tag that only origin has is on its commit', async (_what, options) => {
	await git('tag', ...options, 'v1.2.0');
	const origin = await mkdtemp(path.join(os.tmpdir(), 'n8n-nodes-sync-so-origin-'));
	await git('clone', '--quiet', '--bare', folder, origin);
	await git('remote', 'add', 'origin', origin);
	await git('tag', '--delete', 'v1.2.0');
	expect((await readFacts(folder, 'v1.2.0')).tag?.commit).toBe(await git('rev-parse', 'HEAD'));
	await rm(origin, { recursive: true });
});

test('a commit that was not pushed to main is not on it', async () => {
	await writeFile(path.join(folder, 'CHANGELOG.md'), 'changed\n');
	await commit();
	expect((await readFacts(folder, 'v1.2.0')).tag?.isOnMain).toBe(false);
});

test('files that are not committed are listed', async () => {
	await writeFile(path.join(folder, 'CHANGELOG.md'), 'changed\n');
	expect((await readFacts(folder, 'v1.2.0')).tag?.changedFiles).toEqual(['CHANGELOG.md']);
});
