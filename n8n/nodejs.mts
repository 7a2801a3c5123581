import { existsSync } from 'node:fs';
import path from 'node:path';

/** The version that n8n 2.x requires. 1.123 gets the same one, because its isolated-vm has no binary for Node.js 20. */
const REQUIRED_MAJOR = 24;

/** The platforms for which npm has Node.js itself, which the pinned installs contain. */
const BUNDLED_PLATFORMS = ['linux-x64', 'linux-arm64'];

const platform = `${process.platform}-${process.arch}`;

/** Returns the Node.js for the n8n installed in `folder`: the one installed with it, or the one that runs this code. */
export function findNodejs(folder: string): string {
	assertNodejsAvailable();
	return BUNDLED_PLATFORMS.includes(platform)
		? path.join(folder, 'node_modules', '.bin', 'node')
		: process.execPath;
}

/** @throws Error if there is no Node.js that can run n8n */
export function assertNodejsAvailable(): void {
	const { node: version } = process.versions;
	const major = Number(version.split('.')[0]);
	if (BUNDLED_PLATFORMS.includes(platform) || major >= REQUIRED_MAJOR) return;
	throw new Error(
		`n8n needs Node.js ${REQUIRED_MAJOR} or newer, but this is Node.js ${version}. Run the same command with Node.js ${REQUIRED_MAJOR}. ` +
			`This project can install Node.js by itself only on ${BUNDLED_PLATFORMS.join(' and ')}, not on ${platform}.`,
	);
}

/** Returns the folder with the headers of the Node.js in `folder` for native builds. Undefined if there are none. */
export function findNodejsHeaders(folder: string): string | undefined {
	const nodeFolder = path.join(folder, 'node_modules', `node-${platform}`);
	return existsSync(path.join(nodeFolder, 'include')) ? nodeFolder : undefined;
}
