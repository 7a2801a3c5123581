import { readFile } from 'node:fs/promises';
import { expectNone } from './project.mts';
import { RECORD, listSavedWorkflowFacts } from './savedWorkflowFacts.mts';

let recorded: string[];
let present: string[];

beforeAll(async () => {
	recorded = JSON.parse(await readFile(RECORD, 'utf8')) as string[];
	present = await listSavedWorkflowFacts();
});

test('nothing that saved workflows depend on is gone or changed', () => {
	expectNone(
		recorded.filter((fact) => !present.includes(fact)),
		'This breaks workflows that people have saved. Bring it back; only a new major version may change it, by taking the lines out of test/contract/savedWorkflows.json by hand:',
	);
});

test('everything that saved workflows will depend on is on record', () => {
	expectNone(
		present.filter((fact) => !recorded.includes(fact)),
		'These additions break nothing, but are kept for good once released. Record them with `npx tsx test/contract/recordSavedWorkflows.mts`:',
	);
});
