import type { Asset } from '../../sandbox/asset/types.mts';
import type { SandboxClient } from '../../sandbox/client.mts';
import { FILE, MEMORY_GROWTH, NODE, PEAK_MEMORY, RATIO, TIME, WORKFLOW } from '../columns.mts';
import type {
	Contender,
	Goal,
	Result,
	Scenario,
	ScenarioOptions,
	Workload,
} from '../comparison.mts';
import { formatFileSize } from '../format.mts';
import { createTimeGoal, createUnmeasuredGoal } from '../goals.mts';
import { getMax } from '../statistics.mts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

/** The file sizes with a goal for the time, and the maximum as a multiple of HTTP Request's time. */
const TIMED_SIZES = [GIB, 4 * GIB];
const MAX_TIME_RATIO = 1.1;

/** The file size with a goal for the memory, and the maximum growth in bytes. */
const MEMORY_SIZE = 4 * GIB;
const MAX_GROWTH = 64 * MIB;

const createWorkload = (size: number): Workload => ({
	items: 1,
	missing: 0,
	fileSize: size,
	requestsPerMinute: null,
});

/** The warm-up of all comparisons with files. */
export const WARM_UP = createWorkload(GIB);

/** A note for all comparisons with files. */
export const ABOUT_FILES =
	'n8n stores files on disk, which is its default, and so does the storage of the local Sync API. Before every run, n8n is restarted and warmed up with a file of 1 GiB, like an n8n that has been in use: V8 lets about 64 MiB of buffers become garbage before it collects them, and the first large file makes the process reserve this memory, whichever node transfers it. Without the warm-up, memory would therefore grow by more, sometimes by more than 64 MiB.';

/** The columns of all comparisons with files. */
export const COLUMNS = [FILE, NODE, TIME, RATIO, WORKFLOW, PEAK_MEMORY, MEMORY_GROWTH];

/** Adds an asset with a file of the workload's size. */
export const addFile = async (workload: Workload, control: SandboxClient): Promise<Asset> =>
	await control.addAssetWithFile({ size: workload.fileSize, type: 'VIDEO', name: 'take.mp4' });

/** Creates one scenario for each file size. */
export const createScenarios =
	(contenders: Contender[]) =>
	({ fileSizes, repetitions }: ScenarioOptions): Scenario[] =>
		fileSizes.map((size) => ({
			...createWorkload(size),
			title: 'One file',
			repetitions,
			freshN8n: true,
			contenders,
		}));

const findResult = (results: Result[], contender: Contender, size: number) =>
	results.find((result) => result.contender === contender && result.scenario.fileSize === size);

/** Creates the goals for the time: a node takes little longer than HTTP Request. */
export const createTimeGoals = (
	results: Result[],
	contender: Contender,
	baseline: Contender,
): Goal[] =>
	TIMED_SIZES.map((size) => {
		const subject = `${contender.name}, ${formatFileSize(size)}`;
		return createTimeGoal(
			subject,
			MAX_TIME_RATIO,
			findResult(results, contender, size),
			results,
			baseline,
		);
	});

/** Creates the goal for the memory: a large file takes little of it. */
export function createMemoryGoal(results: Result[], contender: Contender): Goal {
	const description = `${contender.name}, ${formatFileSize(MEMORY_SIZE)}: n8n's memory grows by less than ${MAX_GROWTH / MIB} MiB`;
	const result = findResult(results, contender, MEMORY_SIZE);
	if (!result) return createUnmeasuredGoal(description);
	const growth = getMax(result, 'memoryGrowth');
	return { description, measured: `${Math.round(growth / MIB)} MiB`, reached: growth < MAX_GROWTH };
}
