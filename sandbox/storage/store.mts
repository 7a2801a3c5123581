import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { SAMPLE_FILES } from './sampleFiles.mts';

/** The largest file that can be uploaded: 5 GiB, in bytes. */
export const MAX_UPLOAD = 5 * 1024 ** 3;

/** A file in the storage. */
export interface StoredFile {
	/** In bytes. */
	size: number;
	contentType: string;
	/** The value of the `ETag` header, which changes with the content. */
	etag: string;
	/** For files that were written: the digest, and the path on disk. */
	uploaded?: { sha256: string; path: string };
	/** Opens the content. @param range the first byte; default: 0 */
	open: (range?: { start: number }) => Readable;
}

/** Gets the entity tag of a file with this digest. */
export const toEtag = (sha256: string): string => `"${sha256.slice(0, 32)}"`;

/** The result of writing a file. */
export interface WrittenFile {
	/** In bytes. */
	size: number;
	sha256: string;
}

/** The files in the storage. They are kept on disk and never loaded into memory as a whole. */
export class FileStore {
	private files = new Map<string, StoredFile>();

	/** A temporary folder, created on the first write. */
	private folder?: Promise<string>;

	constructor() {
		this.addSampleFiles();
	}

	/** Gets a file; undefined if it does not exist. */
	get(key: string): StoredFile | undefined {
		return this.files.get(key);
	}

	/** Generates a unique key. Special characters in the file name are replaced. */
	generateKey(fileName: string): string {
		return `uploads/${randomUUID()}/${fileName.replace(/[^\w.-]/g, '_')}`;
	}

	/**
	 * Writes a file, replacing any file with the same key.
	 *
	 * @throws Error if reading the content fails; the incomplete file is removed
	 */
	async write(key: string, contentType: string, content: Readable): Promise<WrittenFile> {
		// A reset replaces the map. A file that is being written must not appear in the new one.
		const { files } = this;
		this.folder ??= mkdtemp(join(tmpdir(), 'sync-sandbox-'));
		const path = join(await this.folder, randomUUID());
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
				createWriteStream(path, { flags: 'wx' }),
			);
		} catch (error) {
			await rm(path, { force: true });
			throw error;
		}
		const sha256 = hash.digest('hex');
		const replaced = files.get(key)?.uploaded;
		const open = (range?: { start: number }) => createReadStream(path, range);
		const uploaded = { sha256, path };
		files.set(key, { size, contentType, etag: toEtag(sha256), uploaded, open });
		if (replaced) await rm(replaced.path, { force: true });
		return { size, sha256 };
	}

	/**
	 * Adds a file whose content is generated as it is read. The content is always the same, and no two blocks are equal.
	 *
	 * @param size in bytes; can be any size, because nothing is stored
	 */
	addGenerated(key: string, size: number, contentType: string): void {
		const open = ({ start = 0 } = {}) => Readable.from(generateContent(size, start));
		this.files.set(key, { size, contentType, etag: `"generated-${size}"`, open });
	}

	/** Removes all files except the sample files. */
	async reset(): Promise<void> {
		const { folder } = this;
		this.files = new Map();
		this.addSampleFiles();
		this.folder = undefined;
		if (folder) await rm(await folder, { recursive: true, force: true });
	}

	private addSampleFiles(): void {
		for (const { key, path, size, contentType } of SAMPLE_FILES) {
			const open = (range?: { start: number }) => createReadStream(path, range);
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
