import type { components } from '../../../nodes/shared/api.ts';
import type { SandboxClient } from '../../../sandbox/client.mts';
import type { Generation } from '../../../sandbox/generation/types.mts';
import { ASSETS, type Asset } from '../../../sandbox/asset/library.mts';
import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';

/** One page of assets. */
export type Page = components['schemas']['PaginatedAssets'];

/** An upload URL, as asked for. */
export type Upload = components['schemas']['CreateAssetUploadResponse'];

/** What an asset is registered by; what has a default may be left out. */
type Registration = components['schemas']['CreateAssetRequest'];
type NewAsset = Pick<Registration, 'url' | 'type'> & Partial<Registration>;

/** What a generation is made from: a video and audio of the library. */
export const LIP_SYNC = {
	model: 'lipsync-2',
	input: [
		{ type: 'video', assetId: ASSETS.interview },
		{ type: 'audio', assetId: ASSETS.voiceover },
	],
};

/** The same, of files that are elsewhere. */
export const BY_ADDRESS = [
	{ type: 'video', url: 'https://example.com/a.mp4' },
	{ type: 'audio', url: 'https://example.com/a.wav' },
];

/** What came back. */
export interface Answer<Body> {
	status: number;
	headers: Headers;
	/** JSON as a value, anything else as text. */
	body: Body;
}

/** The sandbox of a test file, as a client that has its key. */
export class SandboxApi {
	private sandbox?: Sandbox;

	/** A fresh sandbox for each test file; each test leaves no violation that it did not provoke. */
	constructor() {
		beforeAll(async () => {
			this.sandbox = await startSandbox();
		});
		afterAll(async () => {
			await this.sandbox?.close();
		});
		afterEach(async () => {
			expect(await this.provoked()).toEqual([]);
		});
	}

	get url(): string {
		return (this.sandbox as Sandbox).url;
	}

	get control(): SandboxClient {
		return (this.sandbox as Sandbox).control;
	}

	/** Sends a request to the API; a body as JSON. */
	async ask<Body = object>(
		path: string,
		{ json, ...init }: RequestInit & { json?: unknown } = {},
	): Promise<Answer<Body>> {
		const response = await fetch(`${this.url}${path}`, {
			...init,
			...(json !== undefined && { method: init.method ?? 'POST', body: JSON.stringify(json) }),
			headers: {
				'x-api-key': (this.sandbox as Sandbox).apiKey,
				...(json !== undefined && { 'content-type': 'application/json' }),
				...(init.headers as Record<string, string>),
			},
		});
		const text = await response.text();
		const isJson = response.headers.get('content-type')?.startsWith('application/json');
		const body = (isJson ? JSON.parse(text) : text) as Body;
		return { status: response.status, headers: response.headers, body };
	}

	/** Asks for an upload URL. */
	async presign(fileName: string, contentType: string, size: number): Promise<Upload> {
		const json = { fileName, contentType, size };
		return (await this.ask<Upload>('/v2/assets/upload', { json })).body;
	}

	/** Uploads a file. @returns its address, to register it by */
	async upload(fileName: string, content: Uint8Array<ArrayBuffer>): Promise<string> {
		const { uploadUrl, url } = await this.presign(fileName, 'video/mp4', content.length);
		expect((await put(uploadUrl, { body: content })).status).toBe(200);
		return url;
	}

	/** Asks for the address at which an asset's file is. */
	async downloadUrl(id: string): Promise<string> {
		return (await this.ask<string>(`/v2/assets/${id}/download`)).body;
	}

	/** Registers a file as an asset. */
	async register<Body = Asset>(asset: NewAsset, init: RequestInit = {}): Promise<Answer<Body>> {
		return await this.ask<Body>('/v2/assets', { ...init, json: asset });
	}

	/** Asks for a generation. @param more what differs from `LIP_SYNC` */
	async generate<Body = Generation>(
		more: object = {},
		init: RequestInit = {},
	): Promise<Answer<Body>> {
		return await this.ask<Body>('/v2/generate', { ...init, json: { ...LIP_SYNC, ...more } });
	}

	/** A generation as it is now. @param query of the request */
	async generation(id: string, query = ''): Promise<Generation> {
		return (await this.ask<Generation>(`/v2/generate/${id}?${query}`)).body;
	}

	/** Makes a generation and brings it to its end. */
	async generated(more: object = {}): Promise<Generation> {
		const { body } = await this.generate(more);
		await this.control.endGeneration(body.id);
		return await this.generation(body.id);
	}

	/** What requests were noted for; forgets it, and makes the sandbox as it was at the start. */
	async provoked(): Promise<string[]> {
		const { violations } = await this.control.totals();
		await this.control.reset();
		return violations;
	}
}

/** Sends a file to the storage, as a video. */
export const put = async (url: string, init: RequestInit): Promise<Response> =>
	await fetch(url, { method: 'PUT', headers: { 'content-type': 'video/mp4' }, ...init });

export const idsOf = (items: Array<{ id: string }>): string[] => items.map(({ id }) => id);

/** The code of the error that a request without an answer ends with. */
export const brokenBy = async (request: Promise<unknown>): Promise<unknown> =>
	await request.then(
		() => 'answered',
		(error: Error) => (error.cause as { code?: string } | undefined)?.code ?? error.name,
	);
