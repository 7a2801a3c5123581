import { execa } from 'execa';

import { startError } from './log.mts';
import { waitFor } from './wait.mts';

/** How long (ms) a service may take to start. */
const START_TIMEOUT = 60_000;

/**
 * Runs the service until standard input closes. The shell does this because the service itself would outlive a parent
 * process that is killed.
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

/** A server that n8n needs, such as a database. */
export interface Service {
	/** The name for error messages. */
	name: string;
	/** The program and its arguments. */
	command: string[];
	/** The signal that shuts it down. */
	signal: 'TERM' | 'INT';
	/** Whether it accepts connections. */
	isReady: () => Promise<boolean>;
	/** A folder to remove after it ends. */
	temporaryFolder?: string;
	/** The user to run it as. Default: the current user. */
	user?: User;
}

/** A service that `startService` started. */
export interface RunningService {
	/** Shuts it down and waits until it ends. */
	stop: () => Promise<void>;
}

/**
 * Starts a service and waits until it accepts connections. It never outlives the calling process, even if that is
 * killed. Not for Windows.
 *
 * @throws Error with the end of its output if it doesn't start
 */
export async function startService(service: Service): Promise<RunningService> {
	const { name, command, signal, isReady, temporaryFolder = '', user } = service;
	const shell = execa('sh', ['-c', SCRIPT, 'sh', signal, temporaryFolder, ...command], {
		...user,
		cwd: '/',
		all: true,
		reject: false,
		// Its own process group: Ctrl-C reaches only the parent, which then shuts the service down.
		detached: true,
	});
	const stop = async () => {
		shell.stdin.end();
		return await shell;
	};
	try {
		await waitFor(
			async () => (await isReady()) || undefined,
			START_TIMEOUT,
			() => 'it is not ready',
		);
	} catch (error) {
		const { all } = await stop();
		throw startError(name, error, all);
	}
	return { stop: async () => void (await stop()) };
}
