// Loaded into n8n with `node --import`. Kills n8n when its parent process ends, for whatever reason: a signal handler
// in the parent wouldn't run on SIGKILL, and Jest hides signals from tests.
import { rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { isMainThread } from 'node:worker_threads';

/** A pipe that the parent keeps open. The parent may write to it the path of a folder to remove. */
const LIFELINE_FD = 3;

// Worker threads load this module too, but only one reader can see the pipe close.
if (isMainThread) exitWithParent();

function exitWithParent(): void {
	let temporaryFolder = '';
	const lifeline = new Socket({ fd: LIFELINE_FD, readable: true, writable: false });
	lifeline.setEncoding('utf8');
	lifeline.on('data', (text: string) => {
		temporaryFolder += text;
	});
	lifeline.on('error', () => {});
	lifeline.on('close', () => {
		if (temporaryFolder) rmSync(temporaryFolder, { recursive: true, force: true, maxRetries: 3 });
		// n8n leads a process group, so this also kills its task runner.
		process.kill(process.platform === 'win32' ? process.pid : -process.pid, 'SIGKILL');
	});
	lifeline.unref();
}
