import { ApiClient } from '../../api/client.mts';
import { END_STATUSES, getItems } from '../../n8n/execution.mts';
import { N8N_VERSIONS } from '../../n8n/install.mts';
import { buildSyncNode, byId } from '../../n8n/syncNodes.mts';
import { buildItemSource, chainNodes } from '../../n8n/workflow.mts';
import type { Batch } from '../../nodes/shared/items/batchItem.ts';
import { createSignature, WEBHOOK_SECRET } from '../../sandbox/core/webhooks.mts';
import { LIP_SYNC_FIELDS } from '../workflow/syncNode.mts';
import { useN8n } from './n8nLab.mts';

/** The row IDs of the batch. */
const ROW_IDS = Array.from({ length: 20 }, (_, index) => `take-${index}`);

const batchId = byId('={{ $json.id }}');

/** Creates a batch, is suspended until it has ended, and gets its results: Create → Wait → Results. */
const WORKFLOW = chainNodes('Wait for a batch', [
	...buildItemSource(ROW_IDS.map((take) => ({ take }))),
	buildSyncNode('Create', {
		resource: 'batch',
		operation: 'create',
		...LIP_SYNC_FIELDS,
		rowId: '={{ $json.take }}',
		wait: 'webhook',
	}),
	buildSyncNode('Wait', { resource: 'batch', operation: 'waitForWebhook', batchId }),
	buildSyncNode('Results', { resource: 'batch', operation: 'getResults', batchId }),
]);

jest.setTimeout(60_000);

describe.each(N8N_VERSIONS)('in n8n %s, an execution that waits for a batch', (version) => {
	const lab = useN8n({ version });

	/** Runs the workflow until it is suspended. Returns the batch that it waits for. */
	async function suspend() {
		await lab.control.addOutcome({ pendingMs: null });
		const id = await lab.client.start(await lab.client.createWorkflow(WORKFLOW));
		const execution = await lab.client.waitForExecution(id, {
			until: ['waiting', ...END_STATUSES],
		});
		expect(execution.status).toBe('waiting');
		const [{ json }] = getItems(execution, 'Create');
		return { id, batch: json as unknown as Batch };
	}

	test('resumes when sync.so calls, and gets the result of each row', async () => {
		const { id, batch } = await suspend();
		await lab.control.endBatch(batch.id);
		const execution = await lab.client.waitForExecution(id);
		expect(execution.status).toBe('success');
		expect(getItems(execution, 'Wait')).toMatchObject([
			{ json: { id: batch.id, status: 'COMPLETED', metrics: { success_count: 20 } } },
		]);
		expect(getItems(execution, 'Results').map(({ json }) => json.requestId)).toEqual(ROW_IDS);
	});

	test('stays suspended after a call with a forged signature', async () => {
		const { id, batch } = await suspend();
		const { url, apiKey } = lab.api;
		const account = new ApiClient(url, apiKey);
		const { webhookUrl, ...state } = await account.request<Batch & { webhookUrl: string }>(
			'GET',
			`/v2/batch/${batch.id}`,
		);
		const body = JSON.stringify({ ...state, status: 'COMPLETED' });
		const sign = (secret: string) => createSignature(body, secret, Math.floor(Date.now() / 1000));
		const call = async (signature: string) => {
			const headers = { 'content-type': 'application/json', 'sync-signature': signature };
			return (await fetch(webhookUrl, { method: 'POST', headers, body })).status;
		};
		expect(await call(sign('whsec_someone_else'))).toBe(401);
		expect((await lab.client.getExecution(id)).status).toBe('waiting');
		// With the right one, the same call is accepted.
		expect(await call(sign(WEBHOOK_SECRET))).toBe(200);
	});

	test('does not have the resume URL in its items', async () => {
		const { batch } = await suspend();
		expect(batch).toHaveProperty('webhookUrl', null);
	});
});
