import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { storeFile, useBinaryMode, type BinaryMode } from './binaryData.mts';
import { CREDENTIAL, runWorkflow } from './engine.mts';
import { GET, nodeWorkflow } from './workflows.mts';

/** How n8n may keep files. */
export const BINARY_MODES: BinaryMode[] = ['default', 'filesystem'];

/** A sound of 16 bits, mono, 8000 samples a second, as a WAV file. */
export function wav(samples: number): Buffer {
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

/** Half a second. */
export const SOUND = wav(4000);

const FILE = { content: SOUND, name: 'hello.wav', mimeType: 'audio/wav' };

/** What came out of an operation, on both outputs. */
export interface Outcome {
	out: INodeExecutionData[];
	errors: IDataObject[];
}

/** Gives the tests of a block a local Sync API, on which they run operations with files. */
export class FileLab {
	sandbox!: Sandbox;

	/** @param mode how n8n keeps files */
	constructor(mode: BinaryMode) {
		useBinaryMode(mode);
		beforeAll(async () => {
			this.sandbox = await startSandbox();
		});
		afterAll(async () => await this.sandbox.close());
		afterEach(async () => {
			const { violations } = await this.sandbox.control.totals();
			await this.sandbox.control.reset();
			expect(violations).toEqual([]);
		});
	}

	get control() {
		return this.sandbox.control;
	}

	/** The host and port of the storage, as messages name them. */
	get storageHost(): string {
		return new URL(this.sandbox.url).host;
	}

	/** Runs an operation for items. */
	async run(parameters: INodeParameters, items: INodeExecutionData[]): Promise<Outcome> {
		const { apiKey, url: baseUrl } = this.sandbox;
		const json = nodeWorkflow(parameters);
		const result = await runWorkflow(json, items, { ...CREDENTIAL, apiKey, baseUrl });
		const errors = result.items(GET, 1).map(({ json: { error } }) => error as IDataObject);
		return { out: result.items(GET), errors };
	}

	/** Uploads one file. */
	async upload(
		options: INodeParameters = {},
		file: Partial<typeof FILE> = {},
		more: INodeParameters = {},
	): Promise<Outcome> {
		const parameters = { operation: 'upload', ...more, options: { maxRetries: 1, ...options } };
		return await this.run(parameters, [await fileItem(file)]);
	}

	/** Downloads the file of one asset. */
	async download(assetId: string, options: INodeParameters = {}): Promise<Outcome> {
		const parameters = { operation: 'download', assetId, options: { maxRetries: 1, ...options } };
		return await this.run(parameters, [{ json: {}, pairedItem: { item: 0 } }]);
	}

	/** What was asked for, in order. */
	async asked(): Promise<Array<string | null>> {
		return (await this.control.requests()).map(({ operationId }) => operationId);
	}
}

/** An item with a file in its field `data`. */
export async function fileItem(file: Partial<typeof FILE> = {}): Promise<INodeExecutionData> {
	const { content, name, mimeType } = { ...FILE, ...file };
	return {
		json: {},
		binary: { data: await storeFile(content, name, mimeType) },
		pairedItem: { item: 0 },
	};
}
