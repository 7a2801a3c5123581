import { readText } from '../contract/repository.mts';
import { SITUATIONS } from '../reliability/faults.mts';
import { SAVED_OPERATIONS, TITLES } from '../reliability/operations.mts';
import { buildRow, PAGE } from '../reliability/page.mts';

/** The cells of the page's table, by operation. */
const ROWS = new Map(
	readText(PAGE)
		.split('\n')
		.filter((line) => line.startsWith('| '))
		.map((line) => line.slice(2, -2).split(' | '))
		.map(([operation, ...cells]) => [operation.trim(), cells.map((cell) => cell.trim())]),
);

/** Operations and situations that take little time, and that cost money or data if they go wrong. */
const SAMPLES: Array<[string, string[]]> = [
	['Asset → Get', ['broken connections', 'trickling', 'HTML errors', 'redirect']],
	['Generation → Create', ['truncated', 'redirect', 'Stop', 'n8n restarts']],
	['Voice → Clone', ['503 storm', 'truncated', 'n8n restarts']],
	['Generation → Download', ['expired URL', 'Stop']],
];

test('the page has a row for each operation and a column for each situation', () => {
	expect([...TITLES.values()].filter((name) => !ROWS.has(name))).toEqual([]);
	expect(ROWS.get('operation')).toEqual(SITUATIONS.map(({ name }) => name));
});

test('the page says that nothing is lost or leaked, and what could be created twice', () => {
	const page = readText(PAGE);
	expect(page).toMatch(/on neither output, except after Stop: 0$/m);
	expect(page).toMatch(/sent it to another server: 0$/m);
	const [, twice] = /^- created twice: (.*?)\. /m.exec(page) ?? [];
	expect(twice.split(', ').sort()).toEqual([
		'Batch → Create (n8n restarts)',
		'Dialogue Edit → Create (n8n restarts)',
		'Project → Create (n8n restarts)',
		'Speech → Create (n8n restarts)',
	]);
});

test.each(SAMPLES)('the row of %s is up to date in: %j', async (name, situations) => {
	const operation = SAVED_OPERATIONS.find((one) => one.name === name);
	const selected = SITUATIONS.filter((one) => situations.includes(one.name));
	if (!operation) throw new Error(`No saved workflow has ${name}`);
	const { cells, outcomes } = await buildRow(operation, selected);
	const all = ROWS.get(name) ?? [];
	expect(cells).toEqual(selected.map((one) => all[SITUATIONS.indexOf(one)]));
	for (const { lost, createdTwice, leaked } of outcomes) {
		expect([lost, createdTwice, leaked]).toEqual([0, 0, false]);
	}
});
