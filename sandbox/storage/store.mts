import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { SAMPLES } from './samples.mts';
import { Signer, type Signed } from './signing.mts';

/** Where the storage is; beside the API, without a key. */
export const STORAGE_PATH = '/storage';

/** What a single upload may have, in bytes: 5 GiB. */
export const MAX_UPLOAD = 5 * 1024 ** 3;

/** A file in the storage. */
export interface Stored {
	/** In bytes. */
	size: number;
	contentType: string;
	/** Of an uploaded one: its digest, and where it is on the disk. */
	uploaded?: { sha256: string; file: string };
	/** Reads it from its start. */
	open: () => Readable;
}

/** What came of an upload. */
export interface Received {
	/** In bytes. */
	size: number;
	sha256: string;
}

/** The files of the account: on the disk, and never whole in memory. */
export class Storage {
	private readonly signer = new Signer();

	private stored = new Map<string, Stored>();

	/** Made for the first upload; it goes with the sandbox. */
	private folder?: Promise<string>;

	constructor() {
		this.addSamples();
	}

	private addSamples(): void {
		for (const { key, file, size, contentType } of SAMPLES) {
			this.stored.set(key, { size, contentType, open: () => createReadStream(file) });
		}
	}

	get(key: string): Stored | undefined {
		return this.stored.get(key);
	}

	/** A key that no file has yet. @param name the file name; odd characters of it are replaced */
	newKey(name: string): string {
		return `uploads/${randomUUID()}/${name.replace(/[^\w.-]/g, '_')}`;
	}

	/** A path that allows one kind of request. @param seconds how long, from now */
	presign(signed: Signed, seconds: number): string {
		return `${STORAGE_PATH}/${signed.key}?${this.signer.sign(signed, seconds)}`;
	}

	/** Checks a request. @throws StorageError when it is not allowed */
	check(signed: Signed, query: Record<string, string | undefined>): void {
		this.signer.check(signed, query);
	}

	/** Takes a file in, in the place of one that was there. @throws Error when it breaks off; nothing is kept of it */
	async receive(key: string, contentType: string, content: Readable): Promise<Received> {
		// Those of now: what ends after a reset is not kept.
		const { stored } = this;
		this.folder ??= mkdtemp(path.join(tmpdir(), 'sync-sandbox-'));
		const file = path.join(await this.folder, randomUUID());
		const hash = createHash('sha256');
		let size = 0;
		try {
			await pipeline(
				content,
				async function* measured(chunks: AsyncIterable<Buffer>) {
					for await (const chunk of chunks) {
						hash.update(chunk);
						size += chunk.length;
						yield chunk;
					}
				},
				createWriteStream(file, { flags: 'wx' }),
			);
		} catch (error) {
			await rm(file, { force: true });
			throw error;
		}
		const sha256 = hash.digest('hex');
		const before = stored.get(key)?.uploaded;
		const open = () => createReadStream(file);
		stored.set(key, { size, contentType, uploaded: { sha256, file }, open });
		if (before) await rm(before.file, { force: true });
		return { size, sha256 };
	}

	/** Adds a file that is made while it is read, of any size: always the same bytes, no two blocks of them alike. */
	addGenerated(key: string, size: number, contentType: string): void {
		this.stored.set(key, { size, contentType, open: () => Readable.from(generated(size)) });
	}

	/** Leaves the samples and nothing else. */
	async reset(): Promise<void> {
		const { folder } = this;
		this.stored = new Map();
		this.addSamples();
		this.folder = undefined;
		if (folder) await rm(await folder, { recursive: true, force: true });
	}
}

const BLOCK = Buffer.alloc(65_536, 'n8n-nodes-sync-so ');

function* generated(size: number): Generator<Buffer> {
	for (let start = 0; start < size; start += BLOCK.length) {
		const block = Buffer.from(BLOCK);
		block.writeDoubleBE(start);
		yield block.subarray(0, size - start);
	}
}
