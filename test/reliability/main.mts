import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { formatFile } from '../../docs/reference/format.mts';

/** How many operations to run at the same time. Most of the time, they wait. */
const CONCURRENT = 12;

// n8n-core creates a settings file in the user folder when it is imported.
const folder = mkdtempSync(path.join(tmpdir(), 'n8n-reliability-'));
process.env.N8N_USER_FOLDER = folder;
process.env.N8N_EXPRESSION_ENGINE = 'legacy';
process.env.N8N_LOG_LEVEL = 'silent';
await import('reflect-metadata');
const { SITUATIONS } = await import('./faults.mts');
const { SAVED_OPERATIONS } = await import('./operations.mts');
const { buildRow, createPage, PAGE } = await import('./page.mts');

const rows: Array<Awaited<ReturnType<typeof buildRow>>> = [];
const waiting = [...SAVED_OPERATIONS.entries()];
try {
	await Promise.all(
		Array.from({ length: CONCURRENT }, async () => {
			for (let next = waiting.shift(); next; next = waiting.shift()) {
				const [index, operation] = next;
				rows[index] = await buildRow(operation, SITUATIONS);
				console.log(`${operation.name}: ${rows[index].cells.join(' | ')}`);
			}
		}),
	);
	const file = path.join(import.meta.dirname, '../..', PAGE);
	await writeFile(file, await formatFile(createPage(rows), file));
} finally {
	rmSync(folder, { recursive: true, force: true });
}
// Connections that an execution left open would keep the process alive.
process.exit();
