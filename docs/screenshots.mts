import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { startLocalApi } from '../demo/api.mts';
import { startLocalServices } from '../demo/localServices.mts';
import { createCredentials, readExample } from '../demo/run.mts';
import { N8nClient } from '../n8n/client.mts';
import { Editor } from '../n8n/editor.mts';
import { startN8n } from '../n8n/server.mts';

const IMAGES_FOLDER = path.join(import.meta.dirname, 'images');

/** Pictures of the canvas after an execution, and the examples that they show. */
const EXECUTED_CANVASES = {
	'data-table': 'enrich-a-data-table.json',
	'missing-assets': 'email-missing-assets.json',
	agent: 'video-agent.json',
};

await mkdir(IMAGES_FOLDER, { recursive: true });
const api = await startLocalApi();
const services = await startLocalServices();
const n8n = await startN8n({ version: '2.41.1' });
try {
	const client = await N8nClient.connect(n8n.url);
	await createCredentials(client, api);
	await services.createCredentials(client);
	const editor = await Editor.open(n8n.url);
	try {
		const takeScreenshot = async (name: string) =>
			await editor.screenshot(path.join(IMAGES_FOLDER, `${name}.png`));
		/** Opens an example without those of its triggers that the editor would offer to run as well. */
		const openExample = async (file: string, unwanted = /(form|schedule)Trigger$/) => {
			const { nodes, connections, ...example } = await readExample(file, api);
			const others = nodes.filter(({ type }) => unwanted.test(type));
			const names = others.map(({ name }) => name);
			const workflow = await client.createWorkflow({
				...example,
				nodes: nodes.filter((node) => !others.includes(node)),
				connections: Object.fromEntries(
					Object.entries(connections).filter(([name]) => !names.includes(name)),
				),
			});
			await editor.openWorkflow(workflow.id);
		};

		await editor.createWorkflow();
		await editor.searchForNode('Sync Generation', 'lip sync');
		await takeScreenshot('node-panel');
		await editor.search('Sync Asset');
		await editor.choose('Sync Asset');
		await editor.chooseAction('Get asset');
		await editor.openCredential();
		await editor.page.getByText('Connection tested successfully').waitFor();
		await takeScreenshot('credential');
		await editor.closeCredential();
		await editor.openList('assetId');
		await editor.page.getByText('course-welcome.mp4 (Video)').waitFor();
		await takeScreenshot('parameters');

		await openExample('enrich-records.json');
		await editor.executeWorkflow();
		await editor.openNode('Get Asset');
		await editor.locate('output-panel').getByTestId('radio-button-json').click();
		await takeScreenshot('output');

		await openExample('branch-by-type-and-duration.json');
		await editor.executeWorkflow();
		await takeScreenshot('branch');

		await openExample('notify-on-missing-asset.json');
		await editor.executeWorkflow();
		await editor.openNode('Get Asset');
		await editor.locate('output-panel').getByText('Error Branch').click();
		await takeScreenshot('error');

		await openExample('upload-a-file.json');
		await editor.executeWorkflow();
		await editor.openNode('Upload Asset');
		await editor.locate('output-panel').getByTestId('radio-button-json').click();
		await takeScreenshot('upload');

		await openExample('lip-sync-a-video.json');
		await editor.executeWorkflow();
		await editor.openNode('Create Video');
		await editor.locate('output-panel').getByTestId('radio-button-json').click();
		await takeScreenshot('create');

		for (const [name, file] of Object.entries(EXECUTED_CANVASES)) {
			await openExample(file);
			await editor.executeWorkflow();
			await takeScreenshot(name);
		}
		// These start with a form and with a call from sync.so.
		for (const name of ['dub-an-upload', 'dub-an-upload-finished']) {
			await openExample(`${name}.json`, /scheduleTrigger$/);
			await takeScreenshot(name);
		}
	} finally {
		await editor.close();
	}
} finally {
	await n8n.stop();
	await services.close();
	await api.close();
}
