import { existsSync } from 'node:fs';
import path from 'node:path';

/** n8n 2.x needs this much. 1.123 gets the same, because its isolated-vm has no binary for Node.js 20. */
const NEEDED_MAJOR = 24;

/** Where Node.js itself comes from npm, as a pinned package of its own beside n8n. */
const PACKAGED = ['linux-x64', 'linux-arm64'];

const platform = `${process.platform}-${process.arch}`;

/**
 * The Node.js that runs the n8n installed in `folder`: the one that came with it, or else the one running this.
 */
export function nodeFor(folder: string): string {
	assertNodeAvailable();
	return PACKAGED.includes(platform)
		? path.join(folder, 'node_modules', '.bin', 'node')
		: process.execPath;
}

/** @throws Error saying what to do when there is no Node.js here that can run n8n. */
export function assertNodeAvailable(): void {
	const major = Number(process.versions.node.split('.')[0]);
	if (PACKAGED.includes(platform) || major >= NEEDED_MAJOR) return;
	throw new Error(
		`n8n needs Node.js ${NEEDED_MAJOR} or newer, which this project can get from npm only for ${PACKAGED.join(' and ')}. ` +
			`Here (${platform}) it is Node.js ${process.versions.node}: run the same command with Node.js ${NEEDED_MAJOR}.`,
	);
}

/** The folder with the C headers of the Node.js in `folder`, which a native build needs; undefined when not there. */
export function headersFor(folder: string): string | undefined {
	const own = path.join(folder, 'node_modules', `node-${platform}`);
	return existsSync(path.join(own, 'include')) ? own : undefined;
}
