import { createdGenerations } from '../../demo/creations.mts';
import type { Execution } from '../../n8n/execution.mts';
import { GenerationLab } from './generationLab.mts';
import { inputs, type OnError, SYNC_NODE } from './workflows.mts';

const lab = new GenerationLab();

/** Creates two generations that wait for their end. Returns what the demo finds in the execution. */
async function findCreated(onError: OnError) {
	const { run } = await lab.create({ wait: 'inNode' }, inputs({}, {}), onError);
	return createdGenerations({ data: run.data } as Execution, SYNC_NODE);
}

/** What the demo has to find: all generations of the account. */
async function listGenerations() {
	const response = await fetch(`${lab.sandbox.url}/v2/generations`, {
		headers: { 'x-api-key': lab.sandbox.apiKey },
	});
	const generations = (await response.json()) as Array<{ id: string }>;
	return generations.map(({ id }) => ({ kind: 'generation', id }));
}

test.each<[OnError, 'COMPLETED' | 'FAILED']>([
	['stopWorkflow', 'COMPLETED'],
	['stopWorkflow', 'FAILED'],
	['continueErrorOutput', 'FAILED'],
])('with On Error = %s, the demo finds generations that are %s', async (onError, status) => {
	await lab.control.addOutcome({ status, errorCode: 'processing_failed' });
	const found = await findCreated(onError);
	const all = await listGenerations();
	expect(all.length).toBeGreaterThan(0);
	expect(found).toHaveLength(all.length);
	expect(found).toEqual(expect.arrayContaining(all));
});
