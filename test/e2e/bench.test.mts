import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { execa } from 'execa';

import { ROOT } from '../contract/repository.mts';
import { INSTALL_LIMIT } from './n8nLab.mts';

const RESULTS = path.join(ROOT, 'bench/results.md');

test(
	'the benchmark measures every node of a comparison, and keeps the results of the others',
	async () => {
		const before = await readFile(RESULTS, 'utf8');
		const args = ['--only', 'get', '--items', '1', '--repeat', '1', '--rate', 'unlimited'];
		const { stdout } = await execa('tsx', ['bench/main.mts', ...args], {
			cwd: ROOT,
			preferLocal: true,
		});
		const [, ...sections] = stdout.split(/^## /m);
		expect(sections).toEqual([expect.stringMatching(/^Get: one asset for each item\n/)]);
		const rows = [
			...sections[0].matchAll(/^\| 1 +\| (.*?) +\| +\d+\.\d{3} \|.*\| +0 \| +[\d,]+ \|$/gm),
		];
		expect(rows.map(([, node]) => node)).toEqual([
			'Sync Asset: Get',
			'Sync Asset: Get, Combine Lookups off',
			'Sync Asset: Get, Combine Lookups off, 50 at once',
			'_HTTP Request (baseline)_',
			'Edit Fields, one expression',
			'NoOp',
		]);
		expect(await readFile(RESULTS, 'utf8')).toBe(before);
	},
	INSTALL_LIMIT,
);
