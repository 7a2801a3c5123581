import type { Asset } from '../../sandbox/asset/types.mts';
import type { SandboxClient } from '../../sandbox/client.mts';
import { FILE, MEMORY_GROWTH, NODE, PEAK_MEMORY, RATIO, TIME, WORKFLOW } from '../columns.mts';
import type { Choice, Goal, Input, Result, Round, Subject } from '../comparison.mts';
import { fileSize, most } from '../figures.mts';
import { notMeasured, timeGoal } from '../goals.mts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

/** The sizes of file that the goals for time are set at, and the most that a node of ours may take of HTTP Request's. */
const TIMED = [GIB, 4 * GIB];
const MOST_TIME = 1.1;

/** The size of file that the goal for memory is set at, and by what n8n's may grow, in bytes. */
const LARGE = 4 * GIB;
const MOST_GROWTH = 64 * MIB;

const input = (size: number): Input => ({
	items: 1,
	missing: 0,
	fileSize: size,
	requestsPerMinute: null,
});

export const WARM_UP = input(GIB);

/** A note on all comparisons of files. */
export const ABOUT_FILES =
	'n8n keeps files on the disk, as it does by default, and so does the storage of the local Sync API with what it is sent. For every run n8n is started anew and warmed up with a file of 1 GiB, as an n8n in use has handled files before: V8 lets some 64 MiB of buffers become garbage before it collects them, and the first large file makes the process hold these, whichever node moves it. So an n8n that was just started grows by more with its first one, at times by more than 64 MiB.';

export const COLUMNS = [FILE, NODE, TIME, RATIO, WORKFLOW, PEAK_MEMORY, MEMORY_GROWTH];

/** Adds an asset with a file of the size that the input says. */
export const addFile = async (input: Input, control: SandboxClient): Promise<Asset> =>
	await control.addStoredAsset({ size: input.fileSize, type: 'VIDEO', name: 'take.mp4' });

/** One round for each size of file. */
export const roundsOf =
	(subjects: Subject[]) =>
	({ fileSizes, repeat }: Choice): Round[] =>
		fileSizes.map((size) => ({
			...input(size),
			title: 'One file',
			repeat,
			freshN8n: true,
			subjects,
		}));

const resultOf = (results: Result[], subject: Subject, size: number) =>
	results.find((result) => result.subject === subject && result.round.fileSize === size);

/** That a node takes hardly longer than HTTP Request. */
export const timeGoals = (results: Result[], subject: Subject, baseline: Subject): Goal[] =>
	TIMED.map((size) => {
		const what = `${subject.name}, ${fileSize(size)}`;
		return timeGoal(what, MOST_TIME, resultOf(results, subject, size), results, baseline);
	});

/** That n8n needs hardly more memory for a large file than without it. */
export function memoryGoal(results: Result[], subject: Subject): Goal {
	const what = `${subject.name}, ${fileSize(LARGE)}: n8n's memory grows by less than ${MOST_GROWTH / MIB} MiB`;
	const result = resultOf(results, subject, LARGE);
	if (!result) return notMeasured(what);
	const growth = most(result, 'memoryGrowth');
	return { what, measured: `${Math.round(growth / MIB)} MiB`, reached: growth < MOST_GROWTH };
}
