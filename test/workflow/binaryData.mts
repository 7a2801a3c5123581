import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BinaryDataConfig, BinaryDataService, type ErrorReporter } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';

interface Container {
	get: (type: typeof BinaryDataService) => BinaryDataService;
	set: (type: typeof BinaryDataService, service: BinaryDataService) => void;
}

/** The dependency container of n8n-core, from its own copy of @n8n/di. */
const { Container } = jest.requireActual<{ Container: Container }>(
	require.resolve('@n8n/di', { paths: [path.dirname(require.resolve('n8n-core'))] }),
);

/** Where n8n stores files: in the items (`default`) or on disk. */
export type BinaryMode = 'default' | 'filesystem';

/** Sets where n8n stores files for the tests of a block. */
export function useBinaryMode(mode: BinaryMode): void {
	const folder = mkdtempSync(path.join(tmpdir(), 'n8n-files-'));
	beforeAll(async () => {
		const config = { mode, localStoragePath: folder } as BinaryDataConfig;
		const service = new BinaryDataService(config, {} as ErrorReporter, {} as never);
		await service.init();
		Container.set(BinaryDataService, service);
	});
	afterAll(() => rmSync(folder, { recursive: true, force: true }));
}

/** Stores a file and returns its reference for a field of an item. */
export async function storeFile(
	content: Buffer,
	fileName: string,
	mimeType: string,
): Promise<IBinaryData> {
	const location = { type: 'execution', workflowId: 'workflow', executionId: '1' } as const;
	const binary: IBinaryData = { fileName, mimeType, data: '' };
	return await Container.get(BinaryDataService).store(location, content, binary);
}

/** Reads the content of a file in a field of an item. */
export const readContent = async (binary: IBinaryData): Promise<Buffer> =>
	await Container.get(BinaryDataService).getAsBuffer(binary);
