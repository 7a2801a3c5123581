import { mkdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';

import { runNpm } from './npm.mts';

/**
 * Installs a packed n8n node package where n8n's own GUI installs one, under n8n's user folder.
 *
 * The package has no runtime dependency, so nothing is fetched. n8n must be started anew to see it.
 *
 * @param tarball absolute path of the `.tgz`
 */
export async function installPackage(userFolder: string, tarball: string): Promise<void> {
	const nodes = path.join(userFolder, '.n8n', 'nodes');
	await mkdir(nodes, { recursive: true });
	const manifest = path.join(nodes, 'package.json');
	// The file n8n itself would write. Without it npm would install into the nearest package.json above.
	if (!existsSync(manifest)) {
		await writeFile(manifest, '{"name":"installed-nodes","private":true,"dependencies":{}}\n');
	}
	// npm takes a tarball with the same path and version for already installed when it finds it noted here.
	for (const note of ['package-lock.json', path.join('node_modules', '.package-lock.json')]) {
		await rm(path.join(nodes, note), { force: true });
	}
	await runNpm(
		[
			'install',
			path.resolve(tarball),
			'--no-package-lock',
			'--legacy-peer-deps',
			'--ignore-scripts',
			'--offline',
			'--no-dry-run',
		],
		{ cwd: nodes },
	);
}
