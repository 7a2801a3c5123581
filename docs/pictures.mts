import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';

import type { Area, Editor } from '../n8n/editor.mts';
import { listLabels } from './labels.mts';

/** The folder of the pictures. */
export const IMAGES_FOLDER = path.join(import.meta.dirname, 'images');

/** The address that pictures show instead of that of the local Sync API. */
const PUBLIC_URL = 'https://api.sync.so';

/** How often to take a picture until it shows no local address. */
const ATTEMPTS = 5;

/** What to show around the subjects of a picture, or to leave out, in CSS pixels. */
export interface Crop {
	/** The space around the subjects. Default: none. */
	margin?: number;
	/** The height of the picture, from its top. Default: that of the subjects. */
	height?: number;
}

/** Takes pictures of the editor for the pages, and notes the labels in them. */
export class Pictures {
	private readonly known = listLabels();

	private readonly labels: Record<string, string[]> = {};

	/**
	 * @param url the local Sync API's, which pictures don't show
	 * @param suffix of the names of the files
	 */
	constructor(
		private readonly editor: Editor,
		private readonly url: string,
		private readonly suffix = '',
	) {}

	/**
	 * Takes a picture of the smallest area with all subjects.
	 *
	 * @throws Error if a subject isn't visible, or if the area shows a local address
	 */
	async take(
		name: string,
		subjects: Locator[],
		{ margin = 0, height = Infinity }: Crop = {},
	): Promise<void> {
		const whole = this.limit(await findArea(subjects), margin);
		const area = { ...whole, height: Math.min(whole.height, height) };
		const picture = await this.capture(area);
		this.labels[name] = await this.readLabels(area);
		await mkdir(IMAGES_FOLDER, { recursive: true });
		await writeFile(path.join(IMAGES_FOLDER, `${name}${this.suffix}.png`), picture);
	}

	/** Takes a picture of an area, or of the page, without writing a file. @throws Error if it shows a local address */
	async capture(area?: Area): Promise<Buffer> {
		let local: string | undefined;
		for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
			await this.editor.page.evaluate(replaceAddress, { from: this.url, to: PUBLIC_URL });
			const picture = await this.editor.screenshot(area);
			// The editor may have rendered the address again before the picture was taken.
			const texts = await this.readTexts(area);
			local = texts.find((text) => /127\.0\.0\.1|localhost/.test(text));
			if (!local) return picture;
		}
		throw new Error(`The picture shows a local address: ${local}`);
	}

	/** Writes the labels in each picture, for the test that finds outdated pictures. */
	async writeLabels(): Promise<void> {
		const json = JSON.stringify(this.labels, null, '\t');
		await writeFile(path.join(IMAGES_FOLDER, 'labels.json'), `${json}\n`);
	}

	private async readLabels(area: Area): Promise<string[]> {
		const texts = await this.readTexts(area);
		return [...new Set(texts.filter((text) => this.known.has(text)))].sort();
	}

	private async readTexts(area: Area = { x: 0, y: 0, ...this.viewport }): Promise<string[]> {
		return await this.editor.page.evaluate(readVisibleTexts, area);
	}

	private get viewport() {
		return this.editor.page.viewportSize() ?? { width: 0, height: 0 };
	}

	/** Adds a margin to an area, and limits it to the page. */
	private limit({ x, y, width, height }: Area, margin: number): Area {
		const left = Math.max(0, Math.floor(x - margin));
		const top = Math.max(0, Math.floor(y - margin));
		const right = Math.min(this.viewport.width, Math.ceil(x + width + margin));
		const bottom = Math.min(this.viewport.height, Math.ceil(y + height + margin));
		return { x: left, y: top, width: right - left, height: bottom - top };
	}
}

async function findArea(subjects: Locator[]): Promise<Area> {
	const boxes: Area[] = [];
	for (const subject of subjects) {
		const box = await subject.boundingBox();
		if (!box) throw new Error('A subject of the picture is not visible');
		boxes.push(box);
	}
	const x = Math.min(...boxes.map((box) => box.x));
	const y = Math.min(...boxes.map((box) => box.y));
	const right = Math.max(...boxes.map((box) => box.x + box.width));
	const bottom = Math.max(...boxes.map((box) => box.y + box.height));
	return { x, y, width: right - x, height: bottom - y };
}

/** Replaces an address in all texts and inputs of the page. Runs in the browser. */
function replaceAddress({ from, to }: { from: string; to: string }): void {
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (texts.nextNode()) {
		const { currentNode } = texts;
		const text = currentNode.nodeValue ?? '';
		if (text.includes(from)) currentNode.nodeValue = text.replaceAll(from, to);
	}
	for (const input of document.querySelectorAll<HTMLInputElement>('input, textarea')) {
		if (input.value.includes(from)) input.value = input.value.replaceAll(from, to);
	}
}

/** Reads the texts and the values of inputs in an area of the page that nothing covers. Runs in the browser. */
function readVisibleTexts({ x, y, width, height }: Area): string[] {
	const found: Array<{ text: string; element: Element | null; box: DOMRect }> = [];
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	const range = document.createRange();
	while (texts.nextNode()) {
		const { currentNode } = texts;
		range.selectNodeContents(currentNode);
		const box = range.getBoundingClientRect();
		found.push({ text: currentNode.nodeValue ?? '', element: currentNode.parentElement, box });
	}
	for (const input of document.querySelectorAll<HTMLInputElement>('input, textarea')) {
		found.push({ text: input.value, element: input, box: input.getBoundingClientRect() });
	}
	return found
		.filter(({ text, element, box }) => {
			const centerX = box.x + box.width / 2;
			const centerY = box.y + box.height / 2;
			if (text.trim() === '' || centerX < x || centerX > x + width) return false;
			if (centerY < y || centerY > y + height) return false;
			const front = document.elementFromPoint(centerX, centerY);
			return front && (element?.contains(front) || front.contains(element));
		})
		.map(({ text }) => text.trim());
}
