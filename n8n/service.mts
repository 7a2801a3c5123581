import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { waitFor } from './wait.mts';

/** How long (ms) a service may take to start. */
const START_LIMIT = 60_000;

/** How many of a service's last characters an error repeats. */
const TAIL_LENGTH = 3000;

/**
 * Runs the service, and ends it as soon as its own input ends: a service would outlive a calling process that is killed,
 * but the shell notices.
 */
const SCRIPT = `signal=$1; folder=$2; shift 2
"$@" & read -r _
kill -s "$signal" $!; wait
[ -z "$folder" ] || rm -rf "$folder"`;

/** A user of this machine. */
export interface User {
	uid: number;
	gid: number;
}

/** A program that other programs connect to. */
export interface Service {
	/** What it is called in an error. */
	name: string;
	/** The program and its arguments. */
	command: string[];
	/** The signal that ends it. */
	signal: 'TERM' | 'INT';
	/** Whether it accepts connections. */
	isReady: () => Promise<boolean>;
	/** A folder to remove when it has ended. */
	folder?: string;
	/** Who runs it. Default: the user of this process. */
	user?: User;
}

/** A service that was started. */
export interface RunningService {
	/** Ends it and waits until it has ended. */
	stop: () => Promise<void>;
}

/**
 * Starts a service and waits until it accepts connections. It ends with `stop()`, and at the latest together with the
 * calling process, whatever ends that one. Not for Windows.
 *
 * @throws Error with the end of its output when it does not get ready
 */
export async function startService(service: Service): Promise<RunningService> {
	const { name, command, signal, isReady, folder = '', user } = service;
	const shell = spawn('sh', ['-c', SCRIPT, 'sh', signal, folder, ...command], {
		...user,
		cwd: '/',
		detached: true,
	});
	let output = '';
	const note = (chunk: Buffer) => {
		output = (output + chunk.toString()).slice(-TAIL_LENGTH);
	};
	shell.stdout.on('data', note);
	shell.stderr.on('data', note);
	const stop = async () => {
		const exit = once(shell, 'exit');
		shell.stdin.end();
		await exit;
	};
	try {
		await waitFor(
			async () => (await isReady()) || undefined,
			START_LIMIT,
			() => `${name} is not ready. The end of its output:\n${output}`,
		);
	} catch (error) {
		await stop();
		throw error;
	}
	return { stop };
}
