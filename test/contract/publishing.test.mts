import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { execa } from 'execa';

import { runNpm } from '../../n8n/npm.mts';
import { packageJson, ROOT } from './repository.mts';

/** The files that tell npm what to publish and how. */
const FILES = ['package.json', '.npmrc', 'README.md', 'LICENSE.md', 'index.js'];

let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'n8n-nodes-sync-so-publish-'));
	for (const file of FILES) await cp(path.join(ROOT, file), path.join(folder, file));
});

afterEach(async () => {
	await rm(folder, { recursive: true });
});

test('npm publish builds first, although the project ignores scripts, and stops if that fails', async () => {
	const gulp = path.join(folder, 'node_modules', '.bin', 'gulp');
	await mkdir(path.dirname(gulp), { recursive: true });
	await writeFile(gulp, '#!/bin/sh\necho "gulp $1 fails" >&2\nexit 1\n');
	await chmod(gulp, 0o755);
	await expect(runNpm(['publish', '--dry-run'], { cwd: folder })).rejects.toThrow(
		/gulp build fails/,
	);
}, 60_000);

describe('the check of the packed package', () => {
	/** Packs the folder, and checks the result as the workflow does. */
	async function checkPacked() {
		await runNpm(['pack', '--ignore-scripts'], { cwd: folder });
		const tarball = path.join(folder, `${packageJson.name}-${String(packageJson.version)}.tgz`);
		return await execa('tsx', ['release/checkTarball.mts', tarball], {
			cwd: ROOT,
			preferLocal: true,
			reject: false,
		});
	}

	const loaded = [...packageJson.n8n.nodes, ...packageJson.n8n.credentials];

	async function build(files: string[]): Promise<void> {
		for (const file of files) {
			await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
			await writeFile(path.join(folder, file), '');
		}
	}

	test('passes if all nodes and credentials are in it', async () => {
		await build(loaded);
		expect(await checkPacked()).toMatchObject({ exitCode: 0, stderr: '' });
	}, 60_000);

	test.each([
		['nothing was built', [], loaded],
		['a node is missing', loaded.slice(1), loaded.slice(0, 1)],
		['the credential is missing', packageJson.n8n.nodes, packageJson.n8n.credentials],
	])(
		'fails if %s',
		async (_what, built, missing) => {
			await build(built);
			const { exitCode, stderr } = await checkPacked();
			expect(exitCode).toBe(1);
			expect(stderr.match(/(?<=does not contain ).*/g)).toEqual(missing);
		},
		60_000,
	);
});
