import { readFile } from 'node:fs/promises';
import path from 'node:path';

import type { ApiClient } from '../api/client.mts';
import { waitFor } from '../n8n/wait.mts';
import type { Asset } from '../nodes/shared/items/assetItem.ts';
import { CONTENT_TYPES, samplePath } from '../sandbox/storage/sampleFiles.mts';

/** What the demo created in an account. */
export interface Creation {
	kind: 'project' | 'generation' | 'asset';
	id: string;
}

/** How long (ms) the API may take to find out the duration of an uploaded file, or to finish a video. */
const MEDIA_TIMEOUT = 60_000;
const GENERATION_TIMEOUT = 15 * 60_000;

/** The most that the API lists at once. */
const PAGE_SIZE = 100;

/** The path of each kind. Projects are removed first, because they contain assets. */
const PATHS: Record<Creation['kind'], string> = {
	project: '/v2/projects',
	generation: '/v2/generations',
	asset: '/v2/assets',
};

/** The type, the name and the drawn file of each asset that the examples need. */
const MEDIA = [
	{ type: 'VIDEO', name: 'interview', sample: samplePath('mp4') },
	{ type: 'AUDIO', name: 'voiceover', sample: samplePath('wav') },
	{ type: 'IMAGE', name: 'portrait', sample: samplePath('png') },
] as const;

/** Paths of the user's own files, by the type of the asset that each becomes. */
export type MediaFiles = Partial<Record<Asset['type'], string>>;

/** Gets the extension of a media file. @throws Error if it is not one of a media file */
export function getMediaFormat(file: string): string {
	const format = path.extname(file).slice(1).toLowerCase();
	if (format in CONTENT_TYPES) return format;
	const supported = Object.keys(CONTENT_TYPES).join(', ');
	throw new Error(`${file} can't be uploaded. Supported file extensions: ${supported}`);
}

/** A real account. The demo changes only what it created, and removes it afterwards. */
export class DemoAccount {
	private readonly creations: Creation[] = [];

	private readonly media: Asset[] = [];

	/** @param print says what is created and removed */
	constructor(
		private readonly client: ApiClient,
		private readonly print: (line: string) => void,
	) {}

	/**
	 * Uploads one small video, recording and picture.
	 *
	 * @param suffix for their names, so that a search finds only them
	 * @param files to upload instead
	 * @throws Error if a file can't be read or a request fails
	 */
	async uploadMedia(suffix: string, files: MediaFiles = {}): Promise<Asset[]> {
		for (const { type, name, sample } of MEDIA) {
			this.media.push(await this.upload(type, `${name}-${suffix}`, files[type] ?? sample));
		}
		return this.media;
	}

	/** Notes what an example created, and prints it. */
	record(creations: Creation[]): void {
		for (const { kind, id } of creations) {
			if (this.creations.some((known) => known.id === id)) continue;
			this.creations.push({ kind, id });
			this.print(`Created in your account: ${kind} ${id}`);
		}
	}

	/**
	 * Notes the newest generations made from the uploaded files, for example after an execution that did not end. Prints
	 * why if it can't.
	 */
	async recordGenerations(): Promise<void> {
		try {
			const newest = await this.client.request<Array<{ id: string; input: unknown }>>(
				'GET',
				`/v2/generations?limit=${PAGE_SIZE}`,
			);
			const ours = newest.filter(({ input }) => this.usesMedia(JSON.stringify(input)));
			this.record(ours.map(({ id }) => ({ kind: 'generation', id })));
		} catch (error) {
			this.print(`Could not look for videos of the demo: ${(error as Error).message}`);
		}
	}

	private usesMedia(input: string): boolean {
		return this.media.some(({ id, url }) => input.includes(id) || (url && input.includes(url)));
	}

	/** Removes everything that the demo created. Prints what it can't remove. */
	async removeCreations(): Promise<void> {
		const ordered = Object.keys(PATHS).flatMap((kind) =>
			this.creations.filter((creation) => creation.kind === kind),
		);
		this.creations.length = 0;
		for (const { kind, id } of ordered) {
			try {
				if (kind === 'generation') await this.waitForGeneration(id);
				await this.client.request('DELETE', `${PATHS[kind]}/${encodeURIComponent(id)}`);
				this.print(`Removed from your account: ${kind} ${id}`);
			} catch (error) {
				this.print(`Could not remove ${kind} ${id}: ${(error as Error).message}`);
			}
		}
	}

	private async upload(type: Asset['type'], name: string, file: string): Promise<Asset> {
		const format = getMediaFormat(file);
		const fileName = `${name}.${format}`;
		const contentType = CONTENT_TYPES[format];
		const content = await readFile(file);
		const request = { fileName, contentType, size: content.length };
		const { uploadUrl, url } = await this.client.request<{ uploadUrl: string; url: string }>(
			'POST',
			'/v2/assets/upload',
			request,
		);
		// The storage gets no API key.
		const headers = { 'content-type': contentType };
		const response = await fetch(uploadUrl, { method: 'PUT', headers, body: content });
		if (!response.ok) {
			throw new Error(`The storage of sync.so rejected a file with status ${response.status}`);
		}
		const body = { url, type, name: fileName };
		const { id } = await this.client.request<Asset>('POST', '/v2/assets', body);
		this.record([{ kind: 'asset', id }]);
		return await this.waitForDetails(id);
	}

	/** Waits until the API knows the duration of a video or recording, which it may find out after the upload. */
	private async waitForDetails(id: string): Promise<Asset> {
		const deadline = Date.now() + MEDIA_TIMEOUT;
		return await waitFor(
			async () => {
				const asset = await this.client.request<Asset>('GET', `/v2/assets/${id}`);
				const isComplete = asset.type === 'IMAGE' || typeof asset.durationSeconds === 'number';
				return isComplete || Date.now() > deadline ? asset : undefined;
			},
			2 * MEDIA_TIMEOUT,
			() => `asset ${id} has no details`,
		);
	}

	/** Waits until a generation has ended. Before that, it can't be deleted. */
	private async waitForGeneration(id: string): Promise<void> {
		await waitFor(
			async () => {
				const url = `/v2/generate/${encodeURIComponent(id)}`;
				const { status } = await this.client.request<{ status: string }>('GET', url);
				return ['PENDING', 'PROCESSING'].includes(status) ? undefined : status;
			},
			GENERATION_TIMEOUT,
			() => 'it is still being created',
		);
	}
}
