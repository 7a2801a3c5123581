import { createCredentials, readExample } from '../../demo/run.mts';
import { waitForTriggered } from '../../demo/triggeredRuns.mts';
import { getItems } from '../../n8n/execution.mts';
import { buildSyncNode } from '../../n8n/syncNodes.mts';
import { buildJsonSource, chainNodes } from '../../n8n/workflow.mts';
import { ASSETS, MISSING_ASSET_ID } from '../../sandbox/asset/fixtures.mts';
import { samplePath } from '../../sandbox/storage/sampleFiles.mts';
import { VOICES } from '../../sandbox/voice/fixtures.mts';
import { addCredential, inBrowser, useBrowser } from './browserLab.mts';
import { buildGetWorkflow } from './getWorkflow.mts';
import { buildPortraitWorkflow, SCRIPT } from './portraitWorkflow.mts';

jest.setTimeout(120_000);

/** One session in the editor. Each test builds on the one before. */
inBrowser("in n8n's editor", () => {
	const lab = useBrowser();

	test('the node can be found by its name in the node panel and added with an action', async () => {
		const { editor } = lab;
		await editor.createWorkflow();
		await editor.searchForNode('Sync Asset');
		await editor.choose('Sync Asset');
		await editor.chooseAction('Get asset');
		await editor.locate('node-parameters').waitFor();
		await editor.locate('resource-locator-assetId').waitFor();
	});

	test('a credential with an invalid key shows that the key was rejected and where to create one', async () => {
		const { editor } = lab;
		await addCredential(lab, 'wrong');
		const dialog = editor.locate('credential-edit-dialog');
		await dialog.getByText('More details').click();
		await dialog.getByText(/rejected the API key.*sync\.so\/settings\/api-keys/).waitFor();
	});

	test('the same credential with the right key passes the test', async () => {
		const { sandbox, editor } = lab;
		await editor.fillField('apiKey', sandbox.apiKey);
		await editor.saveCredential();
		await editor.locate('credential-edit-dialog').waitFor({ state: 'detached' });
		await editor.openCredential();
		await editor.page.getByText('Connection tested successfully').waitFor();
		await editor.closeCredential();
	});

	test('a list that cannot be loaded shows why and what to do', async () => {
		const { sandbox, editor } = lab;
		await sandbox.control.addFault({
			kind: 'status',
			status: 401,
			body: { message: 'Unauthorized', statusCode: 401 },
			match: { operationId: 'listAssets' },
		});
		await editor.openList('assetId');
		const error = editor.locate('rlc-error-container');
		await error.getByText('sync.so rejected the API key').waitFor();
		await error.getByText(/sync\.so\/settings\/api-keys/).waitFor();
		await sandbox.control.clearFaults();
		// Closes the list.
		await editor.locate('node-parameters').click({ position: { x: 2, y: 2 } });
		await error.waitFor({ state: 'hidden' });
	});

	test('the list shows types and names, and can be searched', async () => {
		const { editor } = lab;
		await editor.openList('assetId');
		await editor.page.getByText('interview-ceo.mp4 (Video)').waitFor();
		await editor.page.getByText('Unnamed video · 5:00 · 2026-10-09 09:30').waitFor();
		await editor.locate('rlc-search').fill('portrait');
		await editor.page.getByText('interview-ceo.mp4 (Video)').waitFor({ state: 'detached' });
		await editor.page.getByText('portrait-anna.png (Image)').click();
	});

	test('Execute Step shows the item', async () => {
		const { editor } = lab;
		await editor.executeStep();
		const output = editor.locate('output-panel');
		await output.getByText('portrait-anna.png').first().waitFor();
		await output.getByTestId('radio-button-json').click();
		await output.getByText('2411724').first().waitFor();
		expect(await output.innerText()).toMatch(/"durationSeconds":\s*null/);
		expect(await output.innerText()).toMatch(/"width":\s*1024/);
	});

	test('an unknown ID shows the error with its hint', async () => {
		const { editor } = lab;
		await editor.fillId('assetId', MISSING_ASSET_ID);
		await editor.executeStep();
		const output = editor.locate('output-panel');
		await output.getByText('Asset not found').first().waitFor();
		const hint = output.getByText(/belongs to your organization/);
		await hint.first().waitFor();
	});

	test('a file from a form becomes an asset', async () => {
		const { sandbox, client, editor } = lab;
		await createCredentials(client, sandbox);
		const workflow = await client.createWorkflow(await readExample('upload-a-file.json'));
		await client.activate(workflow);
		const form = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.formTrigger');
		await editor.submitForm(String(form?.webhookId), samplePath('mp4'));
		const execution = await waitForTriggered(client, workflow);
		expect(getItems(execution, 'Enriched Record')[0].json).toMatchObject({
			type: 'VIDEO',
			durationSeconds: 2,
			reused: false,
		});
		expect((await sandbox.control.getTotals()).violations).toEqual([]);
	});

	test('a video is created from a portrait and a voice that are selected in lists', async () => {
		const { sandbox, client, editor } = lab;
		await sandbox.control.configure({ pendingMs: 200, processingMs: 200 });
		const workflow = await client.createWorkflow(buildPortraitWorkflow());
		await editor.openWorkflow(workflow.id);
		await editor.openNode('Create');
		await editor.openList('visualAssetId');
		await editor.page.getByText('portrait-anna.png (Image)').waitFor();
		expect(await editor.page.getByText('(Audio)').count()).toBe(0);
		await editor.page.getByText('portrait-anna.png (Image)').click();
		await editor.openList('voiceId');
		await editor.page.getByText('Sarah (ElevenLabs)').click();
		await editor.executeStep();
		await editor.locate('output-panel').getByText('COMPLETED').first().waitFor();
		const [{ id }] = await client.listExecutions(workflow.id);
		const [{ json }] = getItems(await client.waitForExecution(id), 'Create');
		expect(json.input).toMatchObject([
			{ type: 'image', assetId: ASSETS.image },
			{ type: 'text', provider: { voiceId: VOICES.sarah, script: SCRIPT } },
		]);
		await editor.closeNode();
	});

	test('a generation can be selected in a list', async () => {
		const { editor } = lab;
		await editor.openNode('Get');
		await editor.openList('generationId');
		await editor.page.getByText(/^talk · sync-3 · COMPLETED · /).click();
		await editor.executeStep();
		await editor.locate('output-panel').getByText('COMPLETED').first().waitFor();
	});

	test('the next node shows the fields of an asset before anything is run', async () => {
		const { client, editor } = lab;
		const { nodes, connections, ...rest } = buildGetWorkflow([MISSING_ASSET_ID]);
		const next = { id: 'Next', name: 'Next', position: [0, 0] as [number, number], parameters: {} };
		const workflow = await client.createWorkflow({
			...rest,
			nodes: [...nodes, { ...next, type: 'n8n-nodes-base.set', typeVersion: 3.4 }],
			connections: {
				...connections,
				'Get Asset': { main: [[{ node: 'Next', type: 'main', index: 0 }]] },
			},
		});
		await editor.openWorkflow(workflow.id);
		await editor.openNode('Next');
		const input = editor.locate('ndv-input-panel');
		await input.getByText('durationSeconds').waitFor();
		await input.getByText('inputType').waitFor();
	});

	test('a project can be created in the list of projects', async () => {
		const { client, editor } = lab;
		const get = buildSyncNode('Get', { resource: 'project', operation: 'get' });
		const workflow = await client.createWorkflow(
			chainNodes('Project', [...buildJsonSource({}), get]),
		);
		await editor.openWorkflow(workflow.id);
		await editor.openNode('Get');
		await editor.openList('projectId');
		await editor.locate('rlc-search').fill('Spring Campaign');
		await editor.page.getByText('Create a project with the name above').click();
		await editor.waitForSelection('projectId');
		await editor.executeStep();
		await editor.locate('output-panel').getByText('Spring Campaign').first().waitFor();
	});

	test('as a tool, the node offers what an AI agent can use', async () => {
		const { client, editor } = lab;
		const node = buildSyncNode('Tool', { resource: 'generation', operation: 'create' });
		const tool = { ...node, type: `${node.type}Tool` };
		const workflow = await client.createWorkflow(chainNodes('Tool', [tool]));
		await editor.openWorkflow(workflow.id);
		await editor.openNode('Tool');
		expect(await editor.listOptions('operation')).not.toContain('Wait for Webhook');
		expect(await editor.listOptions('wait')).toEqual(["Don't Wait", 'Wait Until Finished']);
		expect(await editor.listOptions('visualSource')).toEqual(['Asset', 'URL']);
		expect(await editor.listOptions('output')).toEqual(['Raw', 'Selected Fields', 'Simplified']);
		const model = editor.locate('parameter-input-model');
		expect(await model.locator('input').first().inputValue()).toBe('auto');
	});
});
