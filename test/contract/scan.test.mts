import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { cleanEnvironment } from '../../n8n/npm.mts';
import { previewPack } from '../../release/packPreview.mts';
import { ROOT } from './repository.mts';

interface Verdict {
	passed: boolean;
	message?: string;
	/** The findings, as ESLint prints them. */
	details?: string;
}

let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'n8n-nodes-sync-so-scan-'));
});

afterEach(async () => {
	await rm(folder, { recursive: true });
});

/** Runs the scanner on a folder, in its own process because Jest can't load the scanner's modules. */
async function scan(scanned: string, ...patterns: string[]): Promise<Verdict> {
	const { stdout } = await promisify(execFile)(
		process.execPath,
		[path.join(ROOT, 'test/contract/scan.mjs'), scanned, ...patterns],
		// The scanner creates a temporary folder that it does not remove.
		{ env: { ...cleanEnvironment(), FORCE_COLOR: '0', TMPDIR: folder } },
	);
	return JSON.parse(stdout) as Verdict;
}

async function copyToFolder(files: string[]): Promise<void> {
	for (const file of files) {
		await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
		await cp(path.join(ROOT, file), path.join(folder, file));
	}
}

function expectPassed({ passed, message, details }: Verdict): void {
	// A message with "passed" says that there was nothing to scan.
	if (!passed || message) throw new Error(`${message}\n${details ?? ''}`);
}

test("n8n's scanner finds nothing in the source", async () => {
	expectPassed(await scan(ROOT, 'SOURCE'));
}, 60_000);

test("n8n's scanner finds nothing in what npm would publish", async () => {
	await copyToFolder((await previewPack()).files);
	expectPassed(await scan(folder, '**/*.js', 'package.json'));
}, 60_000);

test("n8n's scanner finds what a comment hides from ESLint", async () => {
	await copyToFolder(['package.json']);
	await mkdir(path.join(folder, 'nodes'));
	const hide = ['/* eslint', 'disable */'].join('-');
	const planted = "import { readFileSync } from 'fs';\nexport const read = readFileSync;\n";
	await writeFile(path.join(folder, 'nodes/planted.ts'), `${hide}\n${planted}`);
	expect((await scan(folder, 'SOURCE')).details).toMatch(/planted\.ts\n.*no-restricted-imports/);
}, 60_000);
