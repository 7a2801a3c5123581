import { readFile } from 'node:fs/promises';
import { expectNone } from './expectNone.mts';
import { listSavedWorkflowFacts, RECORD_FILE } from './savedWorkflowFacts.mts';

let recorded: string[];
let present: string[];

beforeAll(async () => {
	recorded = JSON.parse(await readFile(RECORD_FILE, 'utf8')) as string[];
	present = await listSavedWorkflowFacts();
});

test('nothing that saved workflows depend on is removed or changed', () => {
	expectNone(
		recorded.filter((fact) => !present.includes(fact)),
		'This breaks saved workflows. Restore it. Only a new major version may change it, by removing these lines from test/contract/savedWorkflows.json:',
	);
});

test('everything that saved workflows depend on is recorded', () => {
	expectNone(
		present.filter((fact) => !recorded.includes(fact)),
		'These additions break nothing, but cannot be removed after a release. Record them with `npx tsx test/contract/recordSavedWorkflows.mts`:',
	);
});
