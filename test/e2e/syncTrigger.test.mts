import type { INodeParameters } from 'n8n-workflow';

import { ApiClient } from '../../api/client.mts';
import { readExample } from '../../demo/run.mts';
import { waitForTriggered } from '../../demo/triggeredRuns.mts';
import { N8nClient, type StoredWorkflow } from '../../n8n/client.mts';
import { Editor } from '../../n8n/editor.mts';
import { getItems } from '../../n8n/execution.mts';
import { LATEST_N8N, N8N_VERSIONS } from '../../n8n/install.mts';
import { createSyncCredential, SYNC_TRIGGER } from '../../n8n/syncNodes.mts';
import { loadNodes } from '../contract/repository.mts';
import { buildRows } from '../contract/sandbox/batch/batchLab.mts';
import { inBrowser } from './browserLab.mts';
import { useN8n, useQueueMode } from './n8nLab.mts';
import { requirePrograms } from './requireOrSkip.mts';
import { buildTriggerWorkflow, createGeneration } from './triggerWorkflow.mts';

/** The name of the credential with a wrong API key and no secret. */
const WRONG_KEY = 'Sync API with a Wrong Key';

/** Gets the texts that the node panel shows of the node. */
async function loadTrigger() {
	const nodes = (await loadNodes()).map(({ instance }) => instance.description);
	const { displayName: name, description } = nodes.find(({ group }) => group.includes('trigger'))!;
	return { name, description };
}

const withRedis = requirePrograms('The test of Sync Trigger in queue mode', 'redis');

jest.setTimeout(120_000);

describe.each(N8N_VERSIONS)('in n8n %s, Sync Trigger', (version) => {
	const lab = useN8n({ version });

	/** Activates a workflow and waits until n8n has registered its webhook. Returns the workflow and its URL. */
	async function activate(...more: [parameters?: INodeParameters, credential?: string]) {
		const { json, path } = buildTriggerWorkflow(...more);
		const workflow = await lab.client.createWorkflow(json);
		await lab.client.activateTriggers(workflow);
		return { workflow, path, url: `${lab.n8n.url}/webhook/${path}` };
	}

	/** Creates a generation and waits until sync.so has called its webhook. Returns the generation. */
	async function generate(url: string, ending: object = {}) {
		await lab.control.addOutcome({ pendingMs: null });
		const generation = await createGeneration(lab.api, url);
		await lab.control.endGeneration(generation.id, ending);
		await lab.control.waitForDeliveries(1);
		return generation;
	}

	/** Waits until at least this many executions of a workflow have ended. Returns the items that started them. */
	async function waitForStarted({ id }: StoredWorkflow, count: number) {
		const executions = await lab.client.waitForExecutions(id, count);
		return await Promise.all(
			executions.map(async (execution) => {
				const { status, mode, data } = await lab.client.waitForExecution(execution.id);
				expect([status, mode]).toEqual(['success', 'webhook']);
				return getItems({ ...execution, data }, 'Next')[0].json;
			}),
		);
	}

	const listStatuses = async () => (await lab.control.listDeliveries()).map(({ status }) => status);

	test('starts the workflow with the generation when sync.so calls', async () => {
		const { workflow, url } = await activate();
		const { id } = await generate(url);
		expect(await listStatuses()).toEqual([200]);
		expect(await waitForStarted(workflow, 1)).toMatchObject([
			{
				...{ id, event: 'generationCompleted', status: 'COMPLETED' },
				...{ webhookUrl: url, errorCode: null, outputFileName: null },
				outputUrl: expect.stringMatching(/^http/) as string,
			},
		]);
	});

	test('starts the workflow with the batch when sync.so calls', async () => {
		const { workflow, url } = await activate();
		await lab.control.configure({ batchPendingMs: null });
		const body = { rows: buildRows(), webhook_url: url };
		const account = new ApiClient(lab.api.url, lab.api.apiKey);
		const { id } = await account.request<{ id: string }>('POST', '/v2/batch', body);
		await lab.control.endBatch(id);
		await lab.control.waitForDeliveries(1);
		expect(await waitForStarted(workflow, 1)).toMatchObject([
			{ id, event: 'batchCompleted', metrics: { total_generations: 20, success_count: 20 } },
		]);
	});

	test('starts the workflow once, however often a call is repeated, even after a restart', async () => {
		const { workflow, url, path } = await activate();
		const { id } = await generate(url);
		expect((await lab.control.sendWebhook(id)).status).toBe(200);
		await lab.n8n.restart();
		lab.client = await N8nClient.connect(lab.n8n.url);
		await lab.client.callWebhook(path);
		expect((await lab.control.sendWebhook(id)).status).toBe(200);
		expect(await waitForStarted(workflow, 1)).toHaveLength(1);
		// Other calls still start it.
		const other = await generate(url);
		await lab.control.waitForDeliveries(4);
		expect((await waitForStarted(workflow, 2)).map((item) => item.id)).toEqual([other.id, id]);
	});

	test('rejects calls that sync.so has not signed, or not lately', async () => {
		const { workflow, url, path } = await activate();
		await lab.control.configure({ webhooks: 'off' });
		await lab.control.addOutcome({ pendingMs: null });
		const { id } = await createGeneration(lab.api, url);
		await lab.control.endGeneration(id);
		const deliveries = [
			await lab.control.sendWebhook(id, { secret: 'whsec_someone_else' }),
			await lab.control.sendWebhook(id, { age: 600 }),
			await lab.control.sendWebhook(id, { header: 'x-signature-primary' }),
		];
		expect(deliveries.map(({ status }) => status)).toEqual([401, 401, 200]);
		const { status, body } = await lab.client.callWebhook(path);
		expect([status, body]).toEqual([
			401,
			JSON.stringify({ message: 'The webhook has no Sync-Signature header' }),
		]);
		expect(await waitForStarted(workflow, 1)).toHaveLength(1);
	});

	test.each([
		['over 1 MiB', 'x'.repeat(1024 * 1024 + 1), 'text/plain', 413],
		['without a generation', JSON.stringify({ id: 'g' }), 'application/json', 400],
		['that n8n cannot parse', '{', 'application/json', 422],
	])('rejects a call %s', async (_what, body, contentType, status) => {
		const { workflow, path } = await activate({ options: { verifySignature: false } });
		const headers = { 'content-type': contentType };
		const response = await lab.client.callWebhook(path, { method: 'POST', headers, body });
		expect(response.status).toBe(status);
		expect(await lab.client.listExecutions(workflow.id)).toEqual([]);
	});

	test('does not start the workflow for events that are not selected', async () => {
		const { workflow, url } = await activate({ events: ['generationFailed'] });
		await generate(url);
		expect(await listStatuses()).toEqual([200]);
		expect(await lab.client.listExecutions(workflow.id)).toEqual([]);
		await generate(url, { status: 'FAILED', errorCode: 'generation_pipeline_failed', error: 'x' });
		await lab.control.waitForDeliveries(2);
		expect(await waitForStarted(workflow, 1)).toMatchObject([
			{ event: 'generationFailed', errorCode: 'generation_pipeline_failed', error: 'x' },
		]);
	});

	test('cannot be activated without a secret, unless signatures are not verified', async () => {
		const { json } = buildTriggerWorkflow({}, WRONG_KEY);
		const workflow = await lab.client.createWorkflow(json);
		await expect(lab.client.activateTriggers(workflow)).rejects.toThrow(
			/no secret to verify webhooks with.*Webhook Signing Secret.*Verify Signature/,
		);
		await activate({ options: { verifySignature: false } }, WRONG_KEY);
	});

	test('is activated, and stays active after a restart, while the API is down', async () => {
		await lab.control.addFault({ kind: 'reset', match: { operationId: 'getWebhookSecret' } });
		// Another account, whose secret is not known yet.
		const name = `Other ${version}`;
		await createSyncCredential(lab.client, { ...lab.api, url: `${lab.api.url}/` }, name);
		const { path, workflow } = await activate({}, name);
		await lab.n8n.restart();
		lab.client = await N8nClient.connect(lab.n8n.url);
		expect((await lab.client.callWebhook(path)).status).toBe(401);
		expect(await lab.client.listExecutions(workflow.id)).toEqual([]);
	});

	test('and the example that catches up on missed calls output each video once', async () => {
		const example = await readExample('catch-up-on-missed-calls.json', lab.api);
		const workflow = await lab.client.createWorkflow(example);
		await lab.client.activateTriggers(workflow);
		const trigger = workflow.nodes.find(({ type }) => type === SYNC_TRIGGER);
		const url = `${lab.n8n.url}/webhook/${trigger?.webhookId}/webhook`;
		const catchUp = async () => {
			const execution = await lab.client.run(workflow);
			return getItems(execution, 'Remove Duplicates').map(({ json }) => json.id);
		};
		const received = await generate(url);
		const { status } = await waitForTriggered(lab.client, workflow);
		expect(status).toBe('success');
		await lab.control.configure({ webhooks: 'off' });
		const missed = await createGeneration(lab.api, url);
		await lab.control.endGeneration(missed.id);
		expect(await catchUp()).toEqual([missed.id]);
		expect(await catchUp()).toEqual([]);
		expect(received.id).not.toBe(missed.id);
		await lab.client.deactivate(workflow);
	});

	test('shows its fields before it has run', async () => {
		const url = `${lab.n8n.url}/schemas/n8n-nodes-sync-so.syncTrigger/1.0.0.json`;
		const preview = (await (await fetch(url)).json()) as { properties: object };
		expect(Object.keys(preview.properties)).toEqual(
			expect.arrayContaining(['id', 'event', 'outputUrl', 'metrics']),
		);
	});
});

withRedis.each(N8N_VERSIONS)('in n8n %s in queue mode, Sync Trigger', (version) => {
	const lab = useQueueMode({ version });

	test('starts one execution for a call that a webhook process receives twice', async () => {
		const { url } = await lab.queue.addWebhookProcess();
		const { json, path } = buildTriggerWorkflow();
		const workflow = await lab.client.createWorkflow(json);
		await lab.client.activateTriggers(workflow);
		const { id } = await createGeneration(lab.api, `${url}/webhook/${path}`);
		await lab.control.waitForDeliveries(1);
		expect((await lab.control.sendWebhook(id)).status).toBe(200);
		expect((await lab.control.listDeliveries()).map(({ status }) => status)).toEqual([200, 200]);
		const executionIds = (await lab.client.waitForExecutions(workflow.id)).map((one) => one.id);
		expect(executionIds).toHaveLength(1);
		const execution = await lab.client.waitForExecution(executionIds[0]);
		expect(getItems(execution, 'Next')).toMatchObject([{ json: { id, status: 'COMPLETED' } }]);
		expect(await lab.queue.workers[0].readLog()).toContain(`execution ${executionIds[0]} `);
	});
});

inBrowser("in n8n's editor, Sync Trigger", () => {
	const lab = useN8n({ version: LATEST_N8N });
	let editor: Editor;

	beforeAll(async () => {
		editor = await Editor.open(lab.n8n.url);
	});

	afterAll(async () => await editor?.close());

	test('can be added by the event that starts the workflow', async () => {
		const { description, name } = await loadTrigger();
		await editor.createWorkflowWithTrigger(name, description, 'On generation completed');
		await editor.locate('parameter-input-events').getByText('Generation Completed').waitFor();
	});

	test('says where to enter its URLs', async () => {
		await editor.page.getByText('When will this node trigger my flow?').click();
		await editor.page.getByText(/test URL as 'Webhook URL' in Sync Generation/).waitFor();
	});

	test('listens for a test event, and shows its item', async () => {
		const url = await editor.readTestUrl();
		await editor.executeStep();
		await editor.page.getByText('Listening for test event').waitFor();
		const { id } = await createGeneration(lab.api, url);
		const output = editor.locate('output-panel');
		await output.getByText(id).first().waitFor();
		await output.getByText('generationCompleted').first().waitFor();
	});

	test('warns if signatures are not verified', async () => {
		const warning = editor.page.getByText("'Verify Signature' is off");
		await editor.addOption('Verify Signature');
		await editor.locate('parameter-input-verifySignature').waitFor();
		expect(await warning.count()).toBe(0);
		await editor.locate('parameter-input-verifySignature').locator('.el-switch').click();
		await warning.waitFor();
	});
});
