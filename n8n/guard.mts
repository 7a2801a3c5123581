// Loaded into n8n's own process (node --import): ends it when the process that started it is gone, however that
// happened. A signal handler in the starter would not do: nothing runs on SIGKILL, and jest hides real signals from tests.
import { rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { isMainThread } from 'node:worker_threads';

/** Where the starter holds the other end, and may write the name of a folder to be removed with it. */
const STARTER_FD = 3;

// n8n's threads load this too: one of them would take the end for itself, and not know of the folder.
if (isMainThread) endWithStarter();

function endWithStarter(): void {
	let folder = '';
	const starter = new Socket({ fd: STARTER_FD, readable: true, writable: false });
	starter.setEncoding('utf8');
	starter.on('data', (text: string) => {
		folder += text;
	});
	starter.on('error', () => {});
	starter.on('close', () => {
		if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
		// n8n leads a process group of its own, so that its task runner ends too.
		process.kill(process.platform === 'win32' ? process.pid : -process.pid, 'SIGKILL');
	});
	starter.unref();
}
