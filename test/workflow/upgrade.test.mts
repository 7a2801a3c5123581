import { OPERATIONS } from './allOperations.mts';
import { runWorkflow } from './engine.mts';
import { SandboxLab } from './sandboxLab.mts';
import { describeOutput, getOperationName, SAVED_WORKFLOWS } from './savedWorkflowFiles.mts';
import { buildWorkflow } from './workflows.mts';

const lab = new SandboxLab({
	pendingMs: 0,
	processingMs: 0,
	concurrency: null,
	batchPendingMs: 0,
	speechPendingMs: 0,
	speechProcessingMs: 0,
	transcriptionPendingMs: 0,
	transcriptionProcessingMs: 0,
	dialogueEditPendingMs: 0,
	dialogueEditProcessingMs: 0,
});

const runnable = SAVED_WORKFLOWS.filter(({ json }) => json.pinData.Start);

test.each(runnable)(
	'the workflow $name, saved with $release, runs unchanged and has the same outputs',
	async ({ json, outputs }) => {
		const workflow = buildWorkflow(json.nodes, json.connections);
		const { run, getItems } = await runWorkflow(workflow, json.pinData.Start, lab.credential);
		expect(run.data.resultData.error?.message).toBeUndefined();
		const actual = json.nodes
			.filter(({ name }) => name !== 'Start')
			.map(({ name }) => [name, describeOutput(getItems(name))]);
		expect(Object.fromEntries(actual)).toEqual(outputs);
	},
);

test('the workflows saved with 0.1.0 have every operation that existed then', () => {
	const saved = runnable
		.filter(({ release }) => release === '0.1.0')
		.flatMap(({ json }) => json.nodes)
		.map(getOperationName);
	const all = OPERATIONS.map(({ resource, operation }) => `${resource}: ${operation}`);
	expect(all.filter((one) => !saved.includes(one))).toEqual([]);
});
