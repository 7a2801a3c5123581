import { describeFailure, END_STATUSES, getItems } from '../../n8n/execution.mts';
import { LATEST_N8N } from '../../n8n/install.mts';
import { describeOutput, SAVED_WORKFLOWS } from '../workflow/savedWorkflowFiles.mts';
import { useN8n } from './n8nLab.mts';

jest.setTimeout(120_000);

describe(`in n8n ${LATEST_N8N}`, () => {
	const lab = useN8n({ version: LATEST_N8N });

	beforeEach(async () => {
		const quick = { pendingMs: 0, processingMs: 0, batchPendingMs: 0, concurrency: null };
		await lab.control.configure(quick);
	});

	test.each(SAVED_WORKFLOWS.filter(({ json }) => json.pinData.Start))(
		'the workflow $name, saved with $release, can be imported and has the same outputs',
		async ({ json, outputs }) => {
			// The generations of the workflows that wait for a webhook must not end first.
			const waits = json.nodes.some(({ name }) => name === 'Wait');
			if (waits) await lab.control.configure({ pendingMs: null, batchPendingMs: null });
			const stored = await lab.client.createWorkflow(json);
			expect(stored.nodes.map(({ parameters }) => parameters)).toEqual(
				json.nodes.map(({ parameters }) => parameters),
			);
			const id = await lab.client.start(stored);
			const until = [...END_STATUSES, 'waiting' as const];
			const execution = await lab.client.waitForExecution(id, { until });
			if (execution.status !== (waits ? 'waiting' : 'success')) {
				throw new Error(describeFailure(execution));
			}
			const actual = json.nodes
				.filter(({ name }) => name !== 'Start')
				.map(({ name }) => [name, describeOutput(getItems(execution, name))]);
			expect(Object.fromEntries(actual)).toEqual(outputs);
		},
	);

	test('the workflow with Sync Trigger, saved with 0.1.0, can be imported and activated', async () => {
		const saved = SAVED_WORKFLOWS.find(({ name }) => name === 'trigger');
		const stored = await lab.client.createWorkflow(
			(saved as (typeof SAVED_WORKFLOWS)[number]).json,
		);
		await lab.client.activateTriggers(stored);
		const { webhookId } = stored.nodes[0];
		const response = await lab.client.callWebhook(`${String(webhookId)}/webhook`);
		expect(response.status).toBe(401);
		await lab.client.deactivate(stored);
	});
});
