import { items } from '../../n8n/execution.mts';
import { waitFor } from '../../n8n/wait.mts';
import { chain, jsonSource } from '../../n8n/workflow.mts';
import type { Goal, Subject } from '../comparison.mts';
import { number } from '../figures.mts';
import type { Lab } from '../lab.mts';
import { untilOver, warmUp } from '../measure.mts';
import type { Study } from '../study.mts';
import { getMany, PAGE, subjects } from './getMany.mts';

const ITEMS = 50_000;
/** Enough for n8n to hold the memory that a list of many items takes, so that its growth is that of the longer list. */
const WARM_UP = { ...getMany.warmUp, items: 20_000 };
/** How long reading the list may take, in ms. */
const READ_LIMIT = 5 * 60_000;
const MIB = 1024 ** 2;
/** What n8n may grow by while pages are read: the size of the items, about 0.5 KB each, and as much again. */
const MOST_GROWTH = 64 * MIB;

interface Reading {
	subject: Subject;
	/** In bytes: just before the run, at most while pages were read, and at most after that. */
	before: number;
	reading: number;
	storing: number;
}

/** A list of many pages: whether what was read of earlier pages stays in memory. */
export const longList: Study = {
	name: 'longList',
	title: 'Get Many: a long list',
	notes: [
		`The same nodes as above read ${number(ITEMS)} assets in ${number(ITEMS / PAGE)} pages, each once, in an n8n that was started anew and warmed up with ${number(WARM_UP.items)}. After the last page, n8n stores what came out, which takes memory for either. When V8 gives memory back to the system is its own affair: less than before at the end does not mean that a node needs less than none.`,
	],
	measure: async (lab) => {
		const readings: Reading[] = [];
		for (const subject of subjects) readings.push(await read(lab, subject));
		return {
			goals: [growthGoal(readings[0])],
			tables: [
				{
					title: `${number(ITEMS)} items`,
					columns: [
						{ title: 'node', isText: true },
						{ title: 'before (MiB)' },
						{ title: 'at most while pages are read (MiB)' },
						{ title: 'at most while the result is stored (MiB)' },
					],
					rows: readings.map(({ subject, before, reading, storing }) => [
						subject.name,
						...[before, reading, storing].map((bytes) => number(Math.round(bytes / MIB))),
					]),
				},
			],
		};
	},
};

async function read(lab: Lab, subject: Subject): Promise<Reading> {
	const { n8n, client, sandbox } = lab;
	await n8n.restart();
	await warmUp(lab, { ...getMany, warmUp: WARM_UP }, [subject]);
	await sandbox.control.reset();
	await sandbox.control.seed(ITEMS);
	const nodes = [...jsonSource({}), ...subject.nodes(sandbox.url)];
	const workflow = await client.createWorkflow(chain(subject.name, nodes));
	await n8n.resetPeakMemory();
	const before = (await n8n.memory()).rss;
	const id = await client.start(workflow);
	await waitFor(
		async () => (await sandbox.control.totals()).count === ITEMS / PAGE || undefined,
		READ_LIMIT,
		() => 'the list has not been read',
	);
	const reading = (await n8n.memory()).peak;
	await n8n.resetPeakMemory();
	await untilOver(client, workflow);
	const storing = (await n8n.memory()).peak;
	const last = nodes[nodes.length - 1].name;
	const out = items(await client.getExecution(id), last).length;
	if (out !== ITEMS) throw new Error(`${subject.name}: ${out} items came out`);
	await client.deleteWorkflow(workflow.id);
	return { subject, before, reading, storing };
}

function growthGoal({ subject, before, reading }: Reading): Goal {
	const growth = Math.max(0, reading - before);
	return {
		what: `${subject.name}: while ${number(ITEMS / PAGE)} pages are read, n8n's memory grows by less than ${MOST_GROWTH / MIB} MiB`,
		measured: `${Math.round(growth / MIB)} MiB`,
		reached: growth < MOST_GROWTH,
	};
}
