import { chromium, selectors, type Browser, type Locator, type Page } from 'playwright-core';

import { findChromium, NO_CHROMIUM } from './chromium.mts';
import { OWNER } from './client.mts';
import { waitFor } from './wait.mts';

/** n8n 2.x activates a workflow some seconds after it said so. */
const FORM_LIMIT = 30_000;

selectors.setTestIdAttribute('data-test-id');

/** n8n's editor in a headless browser, used by what a person sees. Made for n8n 2.x. */
export class Editor {
	private constructor(
		private readonly browser: Browser,
		readonly page: Page,
		private readonly url: string,
	) {}

	/** Opens the editor of an n8n of ours and logs in. @throws Error when there is no Chromium */
	static async open(url: string): Promise<Editor> {
		const executablePath = findChromium();
		if (!executablePath) throw new Error(NO_CHROMIUM);
		// In a container there is no sandbox to be had, and the shared memory is small.
		const args = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'];
		const browser = await chromium.launch({ executablePath, args });
		const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
		page.setDefaultTimeout(30_000);
		// Nothing is fetched from elsewhere, so that it looks the same on every machine.
		await page.route('**/*', async (route) => {
			const { hostname } = new URL(route.request().url());
			await (hostname === '127.0.0.1' ? route.continue() : route.abort());
		});
		const editor = new Editor(browser, page, url);
		await editor.logIn();
		return editor;
	}

	async close(): Promise<void> {
		await this.browser.close();
	}

	/** A part of the page by n8n's own name for it. */
	part(name: string): Locator {
		return this.page.getByTestId(name);
	}

	/** Takes a picture of the page, without n8n's passing notices. */
	async screenshot(file: string): Promise<void> {
		await this.page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
		const style = '.el-notification { visibility: hidden }';
		await this.page.screenshot({ path: file, animations: 'disabled', style });
	}

	/** Opens a stored workflow, with all of it in view. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.part('canvas-node').first().waitFor();
		await this.part('zoom-to-fit').click();
	}

	/** Begins a workflow with a manual trigger. */
	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.part('canvas-add-button').click();
		await this.search('manual');
		await this.choose('Trigger manually');
	}

	/** Types into the search of the node panel. */
	async search(text: string): Promise<void> {
		await this.part('node-creator-search-bar').fill(text);
	}

	/** Clicks an entry of the node panel. */
	async choose(text: string): Promise<void> {
		await this.part('item-iterator-item').filter({ hasText: text }).first().click();
	}

	/** Finds a node in the node panel, without choosing it. */
	async findNode(name: string): Promise<void> {
		await this.part('node-creator-plus-button').click();
		await this.search(name);
		await this.part('item-iterator-item').filter({ hasText: name }).first().waitFor();
	}

	/** Opens a node of the workflow. */
	async openNode(name: string): Promise<void> {
		await this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
		await this.part('node-parameters').waitFor();
	}

	async closeNode(): Promise<void> {
		await this.part('ndv-close-button').click();
		await this.part('node-parameters').waitFor({ state: 'detached' });
	}

	/** Fills a field of a credential. */
	async fillField(name: string, value: string): Promise<void> {
		await this.part(`parameter-input-${name}`).locator('input').fill(value);
	}

	/** Saves the credential that is open, which n8n then tests: it closes the dialog when the test succeeds. */
	async saveCredential(): Promise<void> {
		await this.part('credential-save-button').click();
	}

	/** Opens the credential of the open node; n8n tests it again. */
	async openCredential(): Promise<void> {
		await this.part('credential-edit-button').click();
	}

	async closeCredential(): Promise<void> {
		await this.page.locator('.el-dialog__headerbtn:visible').click();
		await this.part('credential-edit-dialog').waitFor({ state: 'detached' });
	}

	/** Opens the list of a resource locator. */
	async openList(parameter: string): Promise<void> {
		await this.part(`resource-locator-${parameter}`).getByTestId('rlc-input').click();
	}

	/** Types an ID into a resource locator, and waits until n8n has saved it: it takes what is typed after a moment. */
	async fillId(parameter: string, id: string): Promise<void> {
		const locator = this.part(`resource-locator-${parameter}`);
		await locator.getByTestId('rlc-mode-selector').click();
		await this.part('mode-id').click();
		const saved = this.page.waitForRequest((request) => request.postData()?.includes(id) === true);
		await locator.locator('input').last().fill(id);
		await saved;
	}

	/** Runs the workflow, to its end. */
	async executeWorkflow(): Promise<void> {
		await this.part('execute-workflow-button').first().click();
		await this.page.getByText('Workflow executed successfully').waitFor();
		await this.part('execute-workflow-button').getByText('Execute workflow').first().waitFor();
	}

	/** Runs the open node. */
	async executeStep(): Promise<void> {
		await this.part('node-execute-button').click();
	}

	/** Sends a file by a form of an activated workflow, once n8n knows the form. */
	async sendForm(path: string, file: string): Promise<void> {
		const address = `${this.url}/form/${path}`;
		const isThere = async () => (await fetch(address)).ok || undefined;
		await waitFor(isThere, FORM_LIMIT, () => `n8n does not know the form ${address}`);
		await this.page.goto(address);
		await this.page.locator('input[type="file"]').setInputFiles(file);
		await this.page.locator('button[type="submit"]').click();
	}

	private async logIn(): Promise<void> {
		await this.page.goto(`${this.url}/signin`);
		await this.page.locator('input[name="emailOrLdapLoginId"]').fill(OWNER.email);
		await this.page.locator('input[name="password"]').fill(OWNER.password);
		await this.part('form-submit-button').click();
		await this.page.waitForURL(({ pathname }) => !pathname.startsWith('/signin'));
	}
}
