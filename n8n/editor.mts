import { chromium, selectors, type Browser, type Locator, type Page } from 'playwright-core';

import { findChromium, NO_CHROMIUM } from './chromium.mts';
import { OWNER } from './client.mts';
import { callRegistered } from './registration.mts';

selectors.setTestIdAttribute('data-test-id');

/** How the editor looks. */
export interface Look {
	/** n8n's theme. Default: that of the system, which is light in a headless browser. */
	theme?: 'light' | 'dark';
	/** Pixels in a screenshot for each CSS pixel. Default: 1. */
	scale?: number;
	/** The size of the page, in CSS pixels. Default: 1440 × 900. */
	viewport?: { width: number; height: number };
}

/** A part of the page, in CSS pixels. */
export interface Area {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** Selects an element by n8n's test ID. */
const toSelector = (name: string): string => `[data-test-id="${name}"]`;

/** What covers the canvas or a dialog: notifications, neighboring nodes, tools, and the button of a finished test. */
const IN_FRONT = [
	'.el-notification',
	toSelector('floating-nodes'),
	'[class*="nodeButtonsWrapper"]',
	`${toSelector('credentials-config-container-test-success')} button`,
];

/** What is on or above the canvas besides the nodes. */
const CANVAS_TOOLS = [
	...['background', 'controls', 'minimap'].map((part) => toSelector(`canvas-${part}`)),
	toSelector('execute-workflow-button'),
	// The tabs at the top, and the box around them.
	':has(> [role="radiogroup"])',
];

/** n8n's editor in a headless browser. For n8n 2.x. */
export class Editor {
	private constructor(
		private readonly browser: Browser,
		readonly page: Page,
		private readonly url: string,
	) {}

	/** Opens the editor and logs in as the owner. @throws Error if Chromium isn't installed */
	static async open(
		url: string,
		{ theme, scale = 1, viewport = { width: 1440, height: 900 } }: Look = {},
	): Promise<Editor> {
		const executablePath = findChromium();
		if (!executablePath) throw new Error(NO_CHROMIUM);
		// Containers don't support Chromium's sandbox, and have little shared memory.
		const args = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'];
		const browser = await chromium.launch({ executablePath, args });
		const page = await browser.newPage({ viewport, deviceScaleFactor: scale });
		page.setDefaultTimeout(30_000);
		// Blocks requests to other hosts, so that the editor looks the same on every machine.
		await page.route('**/*', async (route) => {
			const { hostname } = new URL(route.request().url());
			await (hostname === '127.0.0.1' ? route.continue() : route.abort());
		});
		if (theme) {
			await page.addInitScript((name) => localStorage.setItem('N8N_THEME', name), theme);
		}
		const editor = new Editor(browser, page, url);
		await editor.logIn();
		return editor;
	}

	async close(): Promise<void> {
		await this.browser.close();
	}

	/** Locates an element of the page by n8n's test ID. */
	locate(name: string): Locator {
		return this.page.getByTestId(name);
	}

	/** Takes a screenshot of the page, or of an area of it, without what is in front of it. Returns it as PNG. */
	async screenshot(clip?: Area): Promise<Buffer> {
		await this.page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
		const style = `${IN_FRONT.join(', ')} { visibility: hidden }`;
		return await this.page.screenshot({ clip, animations: 'disabled', style });
	}

	/** Opens a workflow and zooms to fit. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.locate('canvas-node').first().waitFor();
		await this.locate('zoom-to-fit').click();
	}

	/** Hides everything on the canvas but the nodes, until another workflow is opened. */
	async hideCanvasTools(): Promise<void> {
		await this.page.addStyleTag({ content: `${CANVAS_TOOLS.join(', ')} { visibility: hidden }` });
	}

	/** Lists the nodes on the canvas, and the plus signs after the last nodes. */
	async listNodes(): Promise<Locator[]> {
		const parts = ['canvas-node', 'canvas-handle-plus'];
		return await this.page.locator(parts.map(toSelector).join(', ')).all();
	}

	/** Creates a workflow with a Manual Trigger. */
	async createWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.locate('canvas-add-button').click();
		await this.choose('Trigger manually');
	}

	/** Creates a workflow with a trigger. @param description that of the node @param event the event to start with */
	async createWorkflowWithTrigger(name: string, description: string, event: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.locate('canvas-add-button').click();
		await this.search(name);
		// n8n shows the name of a trigger without the word Trigger.
		await this.choose(description);
		await this.page.getByText(event).click();
		await this.locate('node-parameters').waitFor();
	}

	/** Returns the URL that the open trigger listens to for tests. */
	async readTestUrl(): Promise<string> {
		await this.page.getByText('Webhook URLs').click();
		const text = await this.page.getByText('/webhook-test/').first().innerText();
		const [url] = /http\S+/.exec(text) ?? [];
		if (url === undefined) throw new Error(`There is no URL in "${text}"`);
		return url;
	}

	/** Adds an option to the collection of the open node. */
	async addOption(label: string): Promise<void> {
		await this.locate('collection-parameter-add').click();
		await this.locate('collection-parameter-option').filter({ hasText: label }).click();
	}

	/** Searches in the node panel. */
	async search(text: string): Promise<void> {
		await this.locate('node-creator-search-bar').fill(text);
	}

	/** Clicks an entry in the node panel. */
	async choose(text: string): Promise<void> {
		await this.locate('item-iterator-item').filter({ hasText: text }).first().click();
	}

	/** Clicks an action of the node that was chosen in the node panel. */
	async chooseAction(name: string): Promise<void> {
		const exactName = this.page.getByText(name, { exact: true });
		await this.locate('item-iterator-item').filter({ has: exactName }).click();
	}

	/** Opens the node panel and searches for a node, without adding it. @param text what to search for */
	async searchForNode(name: string, text = name): Promise<void> {
		await this.locate('node-creator-plus-button').click();
		await this.search(text);
		await this.locateFound(name).waitFor();
	}

	/** Searches again in the open node panel for a node. Returns the names of all found nodes, in order. */
	async listFoundNodes(name: string, text: string): Promise<string[]> {
		await this.search('');
		await this.locateFound(name).waitFor({ state: 'detached' });
		await this.search(text);
		await this.locateFound(name).waitFor();
		return await this.locate('node-creator-item-name').allInnerTexts();
	}

	/** Selects an option of a parameter of the open node. */
	async selectOption(parameter: string, option: string): Promise<void> {
		await this.locate(`parameter-input-${parameter}`).locator('.el-select').click();
		const exactName = this.page.getByText(option, { exact: true });
		const options = this.page.locator('.el-select-dropdown__item:visible');
		await options.filter({ has: exactName }).click();
	}

	/** Lists the names of the options of a parameter of the open node. */
	async listOptions(parameter: string): Promise<string[]> {
		const select = this.locate(`parameter-input-${parameter}`).locator('.el-select');
		await select.click();
		const options = this.page.locator(
			'.el-select-dropdown__item:visible .list-option > div:first-child',
		);
		await options.first().waitFor();
		const names = await options.allInnerTexts();
		await this.page.keyboard.press('Escape');
		await options.first().waitFor({ state: 'hidden' });
		return names;
	}

	/** Fills a text parameter of the open node, and waits until n8n has saved it, which it does with a delay. */
	async fillText(parameter: string, text: string): Promise<void> {
		const input = this.locate(`parameter-input-${parameter}`).locator('input, textarea');
		await this.fillAndSave(input.last(), text);
	}

	/** Changes the expression in a resource locator, and waits until n8n has saved it. */
	async fillExpression(parameter: string, expression: string): Promise<void> {
		const locator = this.locate(`resource-locator-${parameter}`);
		await this.fillAndSave(locator.locator('[contenteditable]'), expression);
	}

	/** Clicks a found node in the node panel. Returns its actions, in order. */
	async listActions(name: string): Promise<string[]> {
		await this.locateFound(name).click();
		await this.locateFound(name).waitFor({ state: 'detached' });
		await this.locate('node-creator-item-name').first().waitFor();
		return await this.locate('node-creator-item-name').allInnerTexts();
	}

	/** Opens a node on the canvas. */
	async openNode(name: string): Promise<void> {
		await this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
		await this.locate('node-parameters').waitFor();
	}

	async closeNode(): Promise<void> {
		await this.locate('ndv-close-button').click();
		await this.locate('node-parameters').waitFor({ state: 'detached' });
	}

	/** Fills a field of a credential. */
	async fillField(name: string, value: string): Promise<void> {
		await this.locate(`parameter-input-${name}`).locator('input').fill(value);
	}

	/** Saves the open credential. n8n then tests it, and closes the dialog if the test succeeds. */
	async saveCredential(): Promise<void> {
		await this.locate('credential-save-button').click();
	}

	/** Opens the credential of the open node. n8n tests it again. */
	async openCredential(): Promise<void> {
		await this.locate('credential-edit-button').click();
	}

	async closeCredential(): Promise<void> {
		await this.page.locator('.el-dialog__headerbtn:visible').click();
		await this.locate('credential-edit-dialog').waitFor({ state: 'detached' });
	}

	/** Opens the list of a resource locator. */
	async openList(parameter: string): Promise<void> {
		await this.locate(`resource-locator-${parameter}`).getByTestId('rlc-input').click();
	}

	/** Waits until something is selected in a resource locator. */
	async waitForSelection(parameter: string): Promise<void> {
		const input = this.locate(`resource-locator-${parameter}`).getByTestId('rlc-input');
		await input.and(this.page.locator(':not([value=""])')).waitFor();
	}

	/** Types an ID into a resource locator and waits until n8n has saved it, which it does with a delay. */
	async fillId(parameter: string, id: string): Promise<void> {
		const locator = this.locate(`resource-locator-${parameter}`);
		await locator.getByTestId('rlc-mode-selector').click();
		await this.locate('mode-id').click();
		await this.fillAndSave(locator.locator('input').last(), id);
	}

	/** Runs the workflow and waits until it succeeds. */
	async executeWorkflow(): Promise<void> {
		await this.locate('execute-workflow-button').first().click();
		await this.page.getByText('Workflow executed successfully').waitFor();
		await this.locate('execute-workflow-button').getByText('Execute workflow').first().waitFor();
	}

	/** Runs the open node. */
	async executeStep(): Promise<void> {
		await this.locate('node-execute-button').click();
	}

	/** Submits a file with a form of an active workflow, once n8n has registered the form. */
	async submitForm(path: string, file: string): Promise<void> {
		const url = `${this.url}/form/${path}`;
		// For an unknown form, n8n has a page of its own.
		await callRegistered(url, {}, ({ status }) => status === 200);
		await this.page.goto(url);
		await this.page.locator('input[type="file"]').setInputFiles(file);
		await this.page.locator('button[type="submit"]').click();
	}

	/** Locates a node in the results of a search. */
	private locateFound(name: string): Locator {
		const exactName = this.page.getByText(name, { exact: true });
		return this.locate('item-iterator-item').filter({ has: exactName });
	}

	/** @param text what n8n sends to save it, as it is in JSON */
	private async fillAndSave(input: Locator, text: string): Promise<void> {
		const saved = this.page.waitForRequest(
			(request) => request.postData()?.includes(text) === true,
		);
		await input.fill(text);
		await saved;
	}

	private async logIn(): Promise<void> {
		await this.page.goto(`${this.url}/signin`);
		await this.page.locator('input[name="emailOrLdapLoginId"]').fill(OWNER.email);
		await this.page.locator('input[name="password"]').fill(OWNER.password);
		await this.locate('form-submit-button').click();
		await this.page.waitForURL(({ pathname }) => !pathname.startsWith('/signin'));
	}
}
