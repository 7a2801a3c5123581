import { getItems } from '../../n8n/execution.mts';
import { waitFor } from '../../n8n/wait.mts';
import { buildJsonSource, chainNodes } from '../../n8n/workflow.mts';
import type { Contender, Goal } from '../comparison.mts';
import type { Experiment } from '../experiment.mts';
import { formatNumber } from '../format.mts';
import { waitForEnd, warmUp } from '../measure.mts';
import type { Testbed } from '../testbed.mts';
import { contenders, getMany, PAGE_SIZE } from './getMany.mts';

const ITEMS = 50_000;
/** Enough that n8n already holds the memory for many items, so that it only grows for the longer list. */
const WARM_UP = { ...getMany.warmUp, items: 20_000 };
/** The timeout for reading the list, in ms. */
const READ_TIMEOUT = 5 * 60_000;
const MIB = 1024 ** 2;
/** The maximum growth while pages are read, in bytes: about twice the size of the items. */
const MAX_GROWTH = 64 * MIB;

/** Memory usage while a contender reads the list, in bytes. */
interface MemoryUsage {
	contender: Contender;
	/** Just before the run. */
	before: number;
	/** The peak while pages are read. */
	reading: number;
	/** The peak while n8n stores the result. */
	storing: number;
}

/** Measures whether earlier pages of a long list stay in memory. */
export const longList: Experiment = {
	name: 'longList',
	title: 'Get Many: a long list',
	notes: [
		`The same nodes as in the Get Many comparison read ${formatNumber(ITEMS)} assets in ${formatNumber(ITEMS / PAGE_SIZE)} pages, once each, in an n8n that was restarted and warmed up with ${formatNumber(WARM_UP.items)} assets. After the last page, n8n stores the result, which takes memory with both. V8 returns memory to the system at any time, so the peak can even be lower than the memory before.`,
	],
	run: async (testbed) => {
		const usages: MemoryUsage[] = [];
		for (const contender of contenders) usages.push(await measureMemory(testbed, contender));
		return {
			goals: [createGrowthGoal(usages[0])],
			tables: [
				{
					title: `${formatNumber(ITEMS)} items`,
					columns: [
						{ title: 'node', isText: true },
						{ title: 'before (MiB)' },
						{ title: 'peak while pages are read (MiB)' },
						{ title: 'peak while the result is stored (MiB)' },
					],
					rows: usages.map(({ contender, before, reading, storing }) => [
						contender.name,
						...[before, reading, storing].map((bytes) => formatNumber(Math.round(bytes / MIB))),
					]),
				},
			],
		};
	},
};

async function measureMemory(testbed: Testbed, contender: Contender): Promise<MemoryUsage> {
	const { n8n, client, sandbox } = testbed;
	await n8n.restart();
	await warmUp(testbed, { ...getMany, warmUp: WARM_UP }, [contender]);
	await sandbox.control.reset();
	await sandbox.control.seedAssets(ITEMS);
	const nodes = [...buildJsonSource({}), ...contender.nodes(sandbox.url)];
	const workflow = await client.createWorkflow(chainNodes(contender.name, nodes));
	await n8n.resetPeakMemory();
	const before = (await n8n.readMemory()).rss;
	const id = await client.start(workflow);
	await waitFor(
		async () => (await sandbox.control.getTotals()).count === ITEMS / PAGE_SIZE || undefined,
		READ_TIMEOUT,
		() => 'the list has not been read',
	);
	const reading = (await n8n.readMemory()).peak;
	await n8n.resetPeakMemory();
	await waitForEnd(client, workflow);
	const storing = (await n8n.readMemory()).peak;
	const last = nodes[nodes.length - 1].name;
	const total = getItems(await client.getExecution(id), last).length;
	if (total !== ITEMS)
		throw new Error(`${contender.name}: expected ${ITEMS} items, but got ${total}`);
	await client.deleteWorkflow(workflow.id);
	return { contender, before, reading, storing };
}

function createGrowthGoal({ contender, before, reading }: MemoryUsage): Goal {
	const growth = Math.max(0, reading - before);
	return {
		description: `${contender.name}: while ${formatNumber(ITEMS / PAGE_SIZE)} pages are read, n8n's memory grows by less than ${MAX_GROWTH / MIB} MiB`,
		measured: `${Math.round(growth / MIB)} MiB`,
		reached: growth < MAX_GROWTH,
	};
}
