import { findChromium, NO_CHROMIUM } from '../../n8n/chromium.mts';
import { N8nClient } from '../../n8n/client.mts';
import { Editor } from '../../n8n/editor.mts';
import { packPackage } from '../../n8n/pack.mts';
import { startN8n, type RunningN8n } from '../../n8n/process.mts';
import { LIBRARY } from '../../sandbox/library.mts';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';

const inBrowser = findChromium() ? describe : describe.skip;
if (!findChromium()) console.warn(`The browser test is skipped. ${NO_CHROMIUM}`);

jest.setTimeout(120_000);

/** One person's way through the editor: each step stands on the one before. */
inBrowser("in n8n's editor", () => {
	let sandbox: Sandbox;
	let n8n: RunningN8n;
	let editor: Editor;

	beforeAll(async () => {
		sandbox = await startSandbox();
		n8n = await startN8n({ version: '2.41.1', tarball: await packPackage() });
		await N8nClient.connect(n8n.url);
		editor = await Editor.open(n8n.url);
	}, 30 * 60_000);

	afterAll(async () => {
		await editor?.close();
		await n8n?.stop();
		await sandbox?.close();
	});

	test('the node is found in the node panel by its name, and added with its action', async () => {
		await editor.newWorkflow();
		await editor.findNode('Sync Asset');
		await editor.choose('Sync Asset');
		await editor.choose('Get asset');
		await editor.part('node-parameters').waitFor();
		await editor.part('resource-locator-assetId').waitFor();
	});

	test('a credential with a wrong key says that the key was refused, and where to make one', async () => {
		await editor.page.getByText('Connect to Sync').click();
		await editor.fillField('apiKey', 'wrong');
		await editor.fillField('baseUrl', sandbox.url);
		await editor.saveCredential();
		await editor.page.getByText('More details').click();
		const said = editor.page.getByText(/refused the API key.*sync\.so\/settings\/api-keys/);
		await said.first().waitFor();
	});

	test('the same credential with the right key is tested with success', async () => {
		await editor.fillField('apiKey', sandbox.apiKey);
		await editor.saveCredential();
		await editor.page.getByText('Connection tested successfully').waitFor();
		await editor.page.keyboard.press('Escape');
		await editor.part('credential-edit-dialog').waitFor({ state: 'detached' });
	});

	test('the list shows type and name, and finds an asset by what is typed', async () => {
		await editor.openList('assetId');
		await editor.page.getByText('interview-ceo.mp4 (Video)').waitFor();
		await editor.part('rlc-search').fill('portrait');
		await editor.page.getByText('interview-ceo.mp4 (Video)').waitFor({ state: 'detached' });
		await editor.page.getByText('portrait-anna.png (Image)').click();
	});

	test('running the step shows the typed item', async () => {
		await editor.executeStep();
		const output = editor.part('output-panel');
		await output.getByText('portrait-anna.png').first().waitFor();
		await output.getByTestId('radio-button-json').click();
		await output.getByText('2411724').first().waitFor();
		expect(await output.innerText()).toMatch(/"durationSeconds":\s*null/);
		expect(await output.innerText()).toMatch(/"width":\s*1024/);
	});

	test('a wrong ID shows the error with its hint', async () => {
		await editor.chooseMode('assetId', 'id');
		await editor
			.part('resource-locator-assetId')
			.locator('input')
			.last()
			.fill(LIBRARY[0].id.replace('1', '9'));
		await editor.executeStep();
		const output = editor.part('output-panel');
		await output.getByText('Asset not found').first().waitFor();
		await output
			.getByText(/belongs to your organization/)
			.first()
			.waitFor();
	});
});
