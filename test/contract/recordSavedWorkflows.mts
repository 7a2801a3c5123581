// Records new facts. Never removes any, because removals and changes break saved workflows.
import { readFile, writeFile } from 'node:fs/promises';
import { listSavedWorkflowFacts, RECORD_FILE } from './savedWorkflowFacts.mts';

const recorded = JSON.parse(await readFile(RECORD_FILE, 'utf8')) as string[];
const all = [...new Set([...recorded, ...(await listSavedWorkflowFacts())])].sort();
await writeFile(RECORD_FILE, `${JSON.stringify(all, null, '\t')}\n`);
console.log(`${all.length - recorded.length} additions are now on record in ${RECORD_FILE}`);
