import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { startLocalApi } from '../demo/api.mts';
import { startLocalServices } from '../demo/localServices.mts';
import { listExamples, readExampleFile } from '../demo/exampleFiles.mts';
import { createCredentials, readExample } from '../demo/run.mts';
import { N8nClient, type WorkflowJson } from '../n8n/client.mts';
import { Editor } from '../n8n/editor.mts';
import { LATEST_N8N } from '../n8n/install.mts';
import { startN8n } from '../n8n/server.mts';
import { SandboxClient } from '../sandbox/client.mts';
import { recordFirstVideo } from './firstVideo.mts';
import { IMAGES_FOLDER, Pictures } from './pictures.mts';

const THEMES = [
	{ theme: 'light', suffix: '' },
	{ theme: 'dark', suffix: '-dark' },
] as const;

const api = await startLocalApi();
const services = await startLocalServices();
const n8n = await startN8n({ version: LATEST_N8N });
try {
	const client = await N8nClient.connect(n8n.url);
	await createCredentials(client, api);
	await services.createCredentials(client);
	for (const { theme, suffix } of THEMES) {
		await new SandboxClient(api.url).reset();
		const editor = await Editor.open(n8n.url, { theme, scale: 2 });
		try {
			const pictures = new Pictures(editor, api.url, suffix);
			const panel = editor.locate('node-parameters');
			const output = editor.locate('output-panel');
			const step = editor.locate('node-execute-button');

			/** Opens an example without some of its nodes. */
			const openExample = async (
				{ nodes, connections, ...example }: WorkflowJson,
				unwanted: RegExp,
			) => {
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
			/** Executes an example without those of its triggers that the editor would offer to run as well. */
			const executeExample = async (file: string) => {
				await openExample(await readExample(file, api), /(form|schedule)Trigger$|stickyNote$/);
				await editor.executeWorkflow();
			};
			/** Takes a picture of the nodes on the canvas. */
			const takeCanvas = async (name: string) => {
				await editor.hideCanvasTools();
				// The names of the nodes are below them.
				await pictures.take(name, await editor.listNodes(), { margin: 56 });
			};
			/** Shows the output of the open node as JSON. */
			const showJson = async () => await output.getByTestId('radio-button-json').click();

			await editor.createWorkflow();
			await editor.searchForNode('Sync Generation', 'lip sync');
			await pictures.take('node-panel', [editor.locate('node-creator')], { height: 355 });
			await editor.search('Sync Asset');
			await editor.choose('Sync Asset');
			await editor.chooseAction('Get asset');
			await editor.openCredential();
			await editor.page.getByText('Connection tested successfully').waitFor();
			const tested = editor.locate('credentials-config-container-test-success');
			const secret = editor.locate('parameter-input-webhookSecret');
			await pictures.take('credential', [tested, secret], { margin: 16 });
			await editor.closeCredential();
			await editor.openList('assetId');
			await editor.page.getByText('course-welcome.mp4 (Video)').waitFor();
			await pictures.take('parameters', [step, panel], { height: 590 });

			await executeExample('enrich-records.json');
			await editor.openNode('Get Asset');
			await showJson();
			await pictures.take('output', [step, panel, output], { height: 746 });

			await executeExample('branch-by-type-and-duration.json');
			await takeCanvas('branch');

			await executeExample('notify-on-missing-asset.json');
			await editor.openNode('Get Asset');
			await output.getByText('Error Branch').click();
			await pictures.take('error', [output], { height: 470 });

			await executeExample('upload-a-file.json');
			await editor.openNode('Upload Asset');
			await showJson();
			await pictures.take('upload', [step, panel, output], { height: 730 });

			await executeExample('lip-sync-a-video.json');
			await editor.openNode('Create Video');
			await showJson();
			await pictures.take('create', [step, panel, output], { height: 758 });
			for (const file of await listExamples()) {
				// The page shows the text of the note above the picture.
				await openExample(await readExampleFile(file), /stickyNote$/);
				await takeCanvas(path.parse(file).name);
			}
			await pictures.writeLabels();
		} finally {
			await editor.close();
		}
	}
	const animation = await recordFirstVideo(n8n.url, api);
	await writeFile(path.join(IMAGES_FOLDER, 'first-video.gif'), animation);
} finally {
	await n8n.stop();
	await services.close();
	await api.close();
}
