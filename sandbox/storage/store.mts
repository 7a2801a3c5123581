import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { SAMPLES } from './sampleFiles.mts';

/** The largest file that can be uploaded: 5 GiB, in bytes. */
export const MAX_UPLOAD = 5 * 1024 ** 3;

/** A file in the storage. */
export interface StoredFile {
	/** In bytes. */
	size: number;
	contentType: string;
	/** Changes with the content, as the header `ETag` has it. */
	etag: string;
	/** Only for files that were written: their digest and their path on disk. */
	uploaded?: { sha256: string; file: string };
	/** Opens the content. @param from where to start in bytes; default: the first byte */
	open: (from?: { start: number }) => Readable;
}

/** The entity tag of a file with this digest. */
export const etagOf = (sha256: string): string => `"${sha256.slice(0, 32)}"`;

/** A file that was written. */
export interface WrittenFile {
	/** In bytes. */
	size: number;
	sha256: string;
}

/** The files of the account. They are kept on disk and never read into memory as a whole. */
export class FileStore {
	private files = new Map<string, StoredFile>();

	/** A temporary folder, created for the first file that is written. */
	private folder?: Promise<string>;

	constructor() {
		this.addSamples();
	}

	get(key: string): StoredFile | undefined {
		return this.files.get(key);
	}

	/** Gets an unused key. Unusual characters of the file name are replaced. */
	newKey(fileName: string): string {
		return `uploads/${randomUUID()}/${fileName.replace(/[^\w.-]/g, '_')}`;
	}

	/**
	 * Writes a file, replacing any file with the same key.
	 *
	 * @throws Error if the content fails; the incomplete file is removed
	 */
	async write(key: string, contentType: string, content: Readable): Promise<WrittenFile> {
		// A reset during the write replaces the map: the file must not appear in the new one.
		const { files } = this;
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
		const replaced = files.get(key)?.uploaded;
		const open = (from?: { start: number }) => createReadStream(file, from);
		const uploaded = { sha256, file };
		files.set(key, { size, contentType, etag: etagOf(sha256), uploaded, open });
		if (replaced) await rm(replaced.file, { force: true });
		return { size, sha256 };
	}

	/**
	 * Adds a file whose content is generated as it is read. The content is always the same, and no two blocks are alike.
	 *
	 * @param size in bytes; any size works, as nothing is stored
	 */
	addGenerated(key: string, size: number, contentType: string): void {
		const open = ({ start = 0 } = {}) => Readable.from(generateContent(size, start));
		this.files.set(key, { size, contentType, etag: `"generated-${size}"`, open });
	}

	/** Removes every file except the samples. */
	async reset(): Promise<void> {
		const { folder } = this;
		this.files = new Map();
		this.addSamples();
		this.folder = undefined;
		if (folder) await rm(await folder, { recursive: true, force: true });
	}

	private addSamples(): void {
		for (const { key, file, size, contentType } of SAMPLES) {
			const open = (from?: { start: number }) => createReadStream(file, from);
			this.files.set(key, { size, contentType, etag: `"${key}-${size}"`, open });
		}
	}
}

const BLOCK = Buffer.alloc(65_536, 'n8n-nodes-sync-so ');

function* generateContent(size: number, from: number): Generator<Buffer> {
	for (let start = from - (from % BLOCK.length); start < size; start += BLOCK.length) {
		const block = Buffer.from(BLOCK);
		block.writeDoubleBE(start);
		yield block.subarray(Math.max(0, from - start), size - start);
	}
}
