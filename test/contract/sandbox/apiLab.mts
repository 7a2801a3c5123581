import type { components } from '../../../nodes/shared/api.ts';
import { ASSETS } from '../../../sandbox/asset/fixtures.mts';
import type { Asset } from '../../../sandbox/asset/types.mts';
import type { SandboxClient } from '../../../sandbox/client.mts';
import type { Generation } from '../../../sandbox/generation/types.mts';
import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';

/** One page of assets. */
export type Page = components['schemas']['PaginatedAssets'];

/** The response to a request for an upload URL. */
export type Upload = components['schemas']['CreateAssetUploadResponse'];

type Registration = components['schemas']['CreateAssetRequest'];
/** A request to register an asset. Fields with a default are optional. */
type NewAsset = Pick<Registration, 'url' | 'type'> & Partial<Registration>;

/** A request to create a generation from initial assets. */
export const LIP_SYNC_REQUEST = {
	model: 'lipsync-2',
	input: [
		{ type: 'video', assetId: ASSETS.interview },
		{ type: 'audio', assetId: ASSETS.voiceover },
	],
};

/** Generation inputs from public URLs. */
export const URL_INPUT = [
	{ type: 'video', url: 'https://example.com/a.mp4' },
	{ type: 'audio', url: 'https://example.com/a.wav' },
];

/** A response of the API. */
export interface ApiResponse<Body> {
	status: number;
	headers: Headers;
	/** Parsed if the response is JSON, otherwise text. */
	body: Body;
}

/** A request to the API. `json` is sent as the body; POST is then the default method. */
type Init = RequestInit & { json?: unknown };

/** Starts a sandbox for the tests of a file and sends requests with the API key of its owner. */
export class ApiLab {
	private sandbox?: Sandbox;

	/** Also fails every test that violates the contract, unless the test calls `takeViolations`. */
	constructor() {
		beforeAll(async () => {
			this.sandbox = await startSandbox();
		});
		afterAll(async () => {
			await this.sandbox?.close();
		});
		afterEach(async () => {
			expect(await this.takeViolations()).toEqual([]);
		});
	}

	get url(): string {
		return (this.sandbox as Sandbox).url;
	}

	get apiKey(): string {
		return (this.sandbox as Sandbox).apiKey;
	}

	get control(): SandboxClient {
		return (this.sandbox as Sandbox).control;
	}

	/** Sends a request. @param path with the query */
	async request<Body = object>(
		path: string,
		{ json, ...init }: Init = {},
	): Promise<ApiResponse<Body>> {
		const response = await fetch(`${this.url}${path}`, {
			...init,
			...(json !== undefined && { method: init.method ?? 'POST', body: JSON.stringify(json) }),
			headers: {
				'x-api-key': this.apiKey,
				...(json !== undefined && { 'content-type': 'application/json' }),
				...(init.headers as Record<string, string>),
			},
		});
		const text = await response.text();
		const isJson = response.headers.get('content-type')?.startsWith('application/json');
		const body = (isJson ? JSON.parse(text) : text) as Body;
		return { status: response.status, headers: response.headers, body };
	}

	/** Sends a request several times. @returns the HTTP statuses, in order */
	async repeatRequest(count: number, path: string, init: Init = {}): Promise<number[]> {
		const statuses: number[] = [];
		while (statuses.length < count) statuses.push((await this.request(path, init)).status);
		return statuses;
	}

	/** Creates an upload URL. @param size in bytes */
	async createUpload(fileName: string, contentType: string, size: number): Promise<Upload> {
		const json = { fileName, contentType, size };
		return (await this.request<Upload>('/v2/assets/upload', { json })).body;
	}

	/** Uploads a file. @returns the URL to register it with */
	async upload(fileName: string, content: Uint8Array<ArrayBuffer>): Promise<string> {
		const { uploadUrl, url } = await this.createUpload(fileName, 'video/mp4', content.length);
		expect((await put(uploadUrl, { body: content })).status).toBe(200);
		return url;
	}

	/** Gets the download URL of an asset. */
	async getDownloadUrl(id: string): Promise<string> {
		return (await this.request<string>(`/v2/assets/${id}/download`)).body;
	}

	/** Registers a file as an asset. */
	async register<Body = Asset>(
		asset: NewAsset,
		init: RequestInit = {},
	): Promise<ApiResponse<Body>> {
		return await this.request<Body>('/v2/assets', { ...init, json: asset });
	}

	/** Creates a generation. @param fields those that differ from `LIP_SYNC_REQUEST` */
	async createGeneration<Body = Generation>(
		fields: object = {},
		init: RequestInit = {},
	): Promise<ApiResponse<Body>> {
		return await this.request<Body>('/v2/generate', {
			...init,
			json: { ...LIP_SYNC_REQUEST, ...fields },
		});
	}

	/** Gets a generation. @param query without a question mark */
	async getGeneration(id: string, query = ''): Promise<Generation> {
		return (await this.request<Generation>(`/v2/generate/${id}?${query}`)).body;
	}

	/** Creates a generation and ends it. @param fields those that differ from `LIP_SYNC_REQUEST` */
	async completeGeneration(fields: object = {}): Promise<Generation> {
		const { body } = await this.createGeneration(fields);
		await this.control.endGeneration(body.id);
		return await this.getGeneration(body.id);
	}

	/** Gets the logged contract violations and resets the sandbox. */
	async takeViolations(): Promise<string[]> {
		const { violations } = await this.control.getTotals();
		await this.control.reset();
		return violations;
	}
}

/** Uploads a video to a presigned URL. */
export const put = async (url: string, init: RequestInit): Promise<Response> =>
	await fetch(url, { method: 'PUT', headers: { 'content-type': 'video/mp4' }, ...init });

/** Gets the IDs of items, in the same order. */
export const getIds = (items: Array<{ id: string }>): string[] => items.map(({ id }) => id);

/** Waits for a request to fail. @returns the error code, or else the error name; `responded` if it succeeds */
export const getConnectionError = async (request: Promise<unknown>): Promise<unknown> =>
	await request.then(
		() => 'responded',
		(error: Error) => (error.cause as { code?: string } | undefined)?.code ?? error.name,
	);
