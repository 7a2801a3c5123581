import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { type BinaryMode, storeFile, useBinaryMode } from './binaryData.mts';
import type { OperationResult } from './runOperation.mts';
import { SandboxLab } from './sandboxLab.mts';

/** Where n8n can store files. */
export const BINARY_MODES: BinaryMode[] = ['default', 'filesystem'];

/** Builds a WAV file: 16 bits, mono, 8000 samples a second. */
export function buildWav(samples: number): Buffer {
	const header = Buffer.alloc(44);
	const size = samples * 2;
	header.write('RIFF');
	header.writeUInt32LE(36 + size, 4);
	header.write('WAVEfmt ', 8);
	header.writeUInt32LE(16, 16);
	header.writeUInt16LE(1, 20);
	header.writeUInt16LE(1, 22);
	header.writeUInt32LE(8000, 24);
	header.writeUInt32LE(16_000, 28);
	header.writeUInt16LE(2, 32);
	header.writeUInt16LE(16, 34);
	header.write('data', 36);
	header.writeUInt32LE(size, 40);
	return Buffer.concat([header, Buffer.alloc(size, 7)]);
}

/** Half a second of sound. */
export const SOUND = buildWav(4000);

const FILE = { content: SOUND, name: 'hello.wav', mimeType: 'audio/wav' };

/** A sandbox for operations with files. */
export class FileLab extends SandboxLab {
	/** @param mode where n8n stores files */
	constructor(mode: BinaryMode) {
		useBinaryMode(mode);
		super();
	}

	/** The host and port of the storage, as error messages name them. */
	get storageHost(): string {
		return new URL(this.sandbox.url).host;
	}

	/** Uploads one file. */
	async upload(
		options: INodeParameters = {},
		file: Partial<typeof FILE> = {},
		more: INodeParameters = {},
	): Promise<OperationResult> {
		const settings = { operation: 'upload', ...more, options: { maxRetries: 1, ...options } };
		return await this.run(settings, [await createFileItem(file)]);
	}

	/** Downloads the file of one asset. */
	async download(assetId: string, options: INodeParameters = {}): Promise<OperationResult> {
		return await this.run({
			operation: 'download',
			assetId,
			options: { maxRetries: 1, ...options },
		});
	}
}

/** Creates an item with a file in its field `data`. */
export async function createFileItem(file: Partial<typeof FILE> = {}): Promise<INodeExecutionData> {
	const { content, name, mimeType } = { ...FILE, ...file };
	return {
		json: {},
		binary: { data: await storeFile(content, name, mimeType) },
		pairedItem: { item: 0 },
	};
}
