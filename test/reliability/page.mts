import { NO_FAULTS, type Situation, SITUATIONS } from './faults.mts';
import type { SavedOperation } from './operations.mts';
import { type Outcome, runSituation } from './runSituation.mts';

/** The path of the page, from the root of the repository. */
export const PAGE = 'docs/fault-tests.md';

/** What all situations did to an operation. */
export interface Row {
	operation: string;
	/** In the order of the situations. */
	cells: string[];
	outcomes: Outcome[];
}

/** Runs an operation in some situations, one after the other. */
export async function buildRow(operation: SavedOperation, situations: Situation[]): Promise<Row> {
	const usual = await runSituation(operation, NO_FAULTS);
	if (usual.failed > 0) throw new Error(`${operation.name}: ${usual.error}`);
	const outcomes: Outcome[] = [];
	for (const situation of situations) {
		outcomes.push(await runSituation(operation, situation, usual));
	}
	const cells = outcomes.map((outcome, index) => formatCell(outcome, usual, situations[index]));
	return { operation: operation.name, cells, outcomes };
}

function formatCell(outcome: Outcome, usual: Outcome, { name, faults, stop }: Situation): string {
	const { out, failed, status, requests } = outcome;
	const more = Object.entries(requests).reduce(
		(sum, [id, count]) => sum + Math.max(0, count - (usual.requests[id] ?? 0)),
		0,
	);
	if (faults?.[0].match && more === 0) return '–';
	if (stop === 'for good') return status === 'canceled' ? 'stopped' : status;
	const result = failed === 0 ? 'ok' : out === 0 ? 'error' : `${out} ok, ${failed} errors`;
	return more > 0 && name !== 'n8n restarts' ? `${result}, +${more}` : result;
}

/** Creates the page as Markdown. */
export function createPage(rows: Row[]): string {
	const outcomes = rows.flatMap((row) => row.outcomes);
	const sum = (count: (outcome: Outcome) => number) =>
		outcomes.reduce((total, outcome) => total + count(outcome), 0);
	const table = [
		['operation', ...SITUATIONS.map(({ name }) => name)],
		Array.from({ length: SITUATIONS.length + 1 }, () => '---'),
		...rows.map(({ operation, cells }) => [operation, ...cells]),
	];
	return [
		'# What happens when something fails',
		'What each operation does when something goes wrong. `npm run reliability` measures it and writes this page.',
		`Each cell is one execution in n8n's workflow engine (n8n-core 2.41), against the local Sync API (\`sandbox/\`) on the same machine. The workflows are those in \`test/upgrade/0.1.0\`, with 'Max Retries' 4 and On Error set to "Continue (using error output)". Batch → Create gets 20 items, other operations one or two. The same promises are tested in a real n8n, too: in \`test/e2e\`, n8n is restarted while it waits for a webhook, and its workers are killed.`,
		'## In short',
		[
			`- ${outcomes.length} executions`,
			`- created twice: ${describeCreatedTwice(rows)}`,
			`- input items that are on neither output, except after Stop: ${sum(({ lost }) => Math.max(0, lost))}`,
			`- executions whose data contains the API key, or that sent it to another server: ${sum(({ leaked }) => Number(leaked))}`,
		].join('\n'),
		'## What goes wrong',
		'If an operation creates something, “the first request” is the first one that creates it.',
		SITUATIONS.map(({ name, description }) => `- ${name}: ${description}`).join('\n'),
		'## What comes out',
		'- ok: all items are on the first output · error: all items are on the error output, each with a message and a hint · stopped: the execution ends at once\n- +2: two requests more than without faults · –: the operation transfers no files',
		table.map((cells) => `| ${cells.join(' | ')} |`).join('\n'),
		'## What the errors say',
		describeErrors(rows),
	].join('\n\n');
}

/** Lists what was created twice. */
function describeCreatedTwice(rows: Row[]): string {
	const found = rows.flatMap(({ operation, outcomes }) =>
		outcomes.flatMap(({ createdTwice }, index) =>
			createdTwice > 0 ? [`${operation} (${SITUATIONS[index].name})`] : [],
		),
	);
	if (found.length === 0) return 'nothing';
	return `${found.join(', ')}. sync.so has no idempotency key for these requests, and n8n gives the second run no data of the first. n8n 2.x never runs a production execution again by itself; 1.x does so when a worker stalls.`;
}

/** Lists the messages in each situation, with the number of operations that have it. */
function describeErrors(rows: Row[]): string {
	return SITUATIONS.flatMap(({ name, stop }, index) => {
		const errors = stop === 'for good' ? [] : rows.map(({ outcomes }) => outcomes[index].error);
		const counts = new Map<string, number>();
		for (const error of errors) if (error) counts.set(error, (counts.get(error) ?? 0) + 1);
		return [...counts].map(([error, count]) => `- ${name} (${count}): ${error}`);
	}).join('\n');
}
