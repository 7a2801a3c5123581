// Adds new facts to the record. It removes nothing, because removals and changes break saved workflows.
import { readFile, writeFile } from 'node:fs/promises';
import { RECORD, listSavedWorkflowFacts } from './savedWorkflowFacts.mts';

const recorded = JSON.parse(await readFile(RECORD, 'utf8')) as string[];
const all = [...new Set([...recorded, ...(await listSavedWorkflowFacts())])].sort();
await writeFile(RECORD, `${JSON.stringify(all, null, '\t')}\n`);
console.log(`${all.length - recorded.length} additions are now on record in ${RECORD}`);
