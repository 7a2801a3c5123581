import { N8nClient } from '../../n8n/client.mts';
import { Editor } from '../../n8n/editor.mts';
import { LATEST_N8N } from '../../n8n/install.mts';
import { type RunningN8n, startN8n } from '../../n8n/server.mts';
import { type Sandbox, startSandbox } from '../../sandbox/server.mts';
import { INSTALL_LIMIT } from './n8nLab.mts';
import { requirePrograms } from './requireOrSkip.mts';

/** A local Sync API, an n8n without credentials, and its editor in a browser. */
export interface BrowserLab {
	sandbox: Sandbox;
	n8n: RunningN8n;
	client: N8nClient;
	editor: Editor;
}

/** A block of tests in a browser. Skipped if there is none. */
export const inBrowser = requirePrograms('The browser test', 'chromium');

/** Opens one session in the editor for the tests of a block. Each test may build on the one before. */
export function useBrowser(): BrowserLab {
	const lab = {} as BrowserLab;
	beforeAll(async () => {
		lab.sandbox = await startSandbox();
		lab.n8n = await startN8n({ version: LATEST_N8N });
		lab.client = await N8nClient.connect(lab.n8n.url);
		lab.editor = await Editor.open(lab.n8n.url);
	}, INSTALL_LIMIT);
	afterAll(async () => {
		await lab.editor?.close();
		await lab.n8n?.stop();
		await lab.sandbox?.close();
	});
	return lab;
}

/** Connects the open node, which has no credential yet, to the local Sync API. n8n tests the new credential. */
export async function addCredential(
	{ editor, sandbox }: BrowserLab,
	apiKey = sandbox.apiKey,
): Promise<void> {
	await editor.page.getByText('Connect to Sync').click();
	await editor.fillField('apiKey', apiKey);
	await editor.fillField('baseUrl', sandbox.url);
	await editor.saveCredential();
}
