// Runs n8n's scanner on a version that is published on npm: npx tsx release/scan.mts NAME@VERSION
import { execa } from 'execa';

import { runNpm } from '../n8n/npm.mts';
import { waitFor } from '../n8n/wait.mts';
import { ROOT } from './packPreview.mts';
import { isScanPassed } from './scanVerdict.mts';

/** How long (ms) npm may take to serve a version after it was published. */
const PUBLISH_TIMEOUT = 10 * 60_000;

const [, , spec] = process.argv;

/** Whether npm serves the version and its provenance, which the scanner needs. */
async function isPublished(): Promise<boolean> {
	const args = ['view', spec, 'dist.attestations.url', '--prefer-online'];
	return await runNpm(args, { cwd: ROOT }).then(
		(url) => url.trim() !== '',
		() => false,
	);
}

if (!/^[^@]+@\d+\.\d+\.\d+/.test(spec ?? '')) throw new Error('Usage: scan.mts NAME@VERSION');
await waitFor(
	async () => (await isPublished()) || undefined,
	PUBLISH_TIMEOUT,
	() => `npm has no ${spec} with provenance`,
);
const { exitCode, stdout, stderr } = await execa('scan-community-package', [spec], {
	preferLocal: true,
	localDir: ROOT,
	reject: false,
});
console.log(stdout);
console.error(stderr);
if (!isScanPassed({ exitCode, output: stdout }, spec)) {
	console.error(`n8n's scanner did not pass ${spec}`);
	process.exitCode = 1;
}
