import { readFile } from 'node:fs/promises';
import path from 'node:path';

const RESULTS = path.join(import.meta.dirname, '../../bench/results.md');

/** The table in the results, and the number of items, that the chart shows. */
const SECTION = '### No limit, all assets found';
const ITEMS = '10,000';
/** The rows of the table, with what the chart calls them. */
const ROWS: Array<[node: string, label: string]> = [
	['Sync Asset: Get', 'Sync Asset'],
	[
		'Sync Asset: Get, Combine Lookups off, 50 at once',
		'Sync Asset, one request per item, 50 at once',
	],
	['_HTTP Request (baseline)_', 'HTTP Request'],
];

/** In pixels. */
const BAR = { left: 330, height: 22, gap: 12, maxWidth: 320 };
const TOP = 44;

/**
 * Draws how long looking up assets takes, as SVG. Its colors follow the reader's light or dark theme.
 *
 * @throws Error if the benchmark's results have no such rows
 */
export async function createBenchmarkChart(): Promise<string> {
	const results = await readFile(RESULTS, 'utf8');
	const [, version = ''] = /with n8n (\S+)/.exec(results) ?? [];
	const [, section = ''] = results.split(`${SECTION}\n`);
	const cells = section
		.split('\n#')[0]
		.split('\n')
		.map((line) => line.split('|').map((cell) => cell.trim()));
	const bars = ROWS.map(([node, label]) => {
		const row = cells.find(([, items, name]) => items === ITEMS && name === node);
		const [, , , time, , ratio, , requests] = row ?? [];
		if (!time) throw new Error(`bench/results.md has no row for ${ITEMS} items and ${node}`);
		return { label, seconds: Number(time), text: `${time} s (${ratio} ×), ${requests} requests` };
	});
	const longest = Math.max(...bars.map(({ seconds }) => seconds));
	const drawn = bars.map(({ label, seconds, text }, index) => {
		const y = TOP + index * (BAR.height + BAR.gap);
		const width = Math.round((seconds / longest) * BAR.maxWidth);
		const baseline = y + 16;
		return `<text x="${BAR.left - 10}" y="${baseline}" text-anchor="end">${label}</text>
	<rect x="${BAR.left}" y="${y}" width="${width}" height="${BAR.height}" rx="3"/>
	<text x="${BAR.left + width + 8}" y="${baseline}">${text}</text>`;
	});
	const height = TOP + bars.length * (BAR.height + BAR.gap);
	return `<svg xmlns="http://www.w3.org/2000/svg" width="860" height="${height}" font-family="sans-serif" font-size="14">
	<style>text { fill: #1f2328 } rect { fill: #0969da } @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } rect { fill: #4493f8 } }</style>
	<text x="10" y="22" font-weight="bold">Looking up ${ITEMS} assets in n8n ${version} (API latency: 50 ms)</text>
	${drawn.join('\n\t')}
</svg>
`;
}
