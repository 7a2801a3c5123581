import { createHash } from 'node:crypto';
import type { IBinaryData, IExecuteSingleFunctions } from 'n8n-workflow';
import { FailureError, failureOfInput } from '../transport/errors';
import type { AssetType } from './mediaTypes';
import { assetTypeOf, isTelling, mimeTypeOfName } from './mediaTypes';
import type { Call } from '../transport/operation';

type Helpers = IExecuteSingleFunctions['helpers'];

/** A stream as n8n gives it. */
export type FileStream = Awaited<ReturnType<Helpers['getBinaryStream']>>;

/** A file in a field of an input item, wherever n8n keeps it. */
export interface InputFile {
	name: string;
	mimeType: string;
	/** In bytes. */
	size: number;
	/** Undefined when the file is neither video nor audio nor image. */
	type?: AssetType;
	/** Begins to read it: in memory only where n8n keeps it there. */
	open: () => Promise<Buffer | FileStream>;
}

/** Bytes that are read at once when a file is hashed. */
const CHUNK_SIZE = 256 * 1024;

/**
 * The file in the field that the item's Input Data Field Name says.
 *
 * @param parameter says the name of the field
 * @param shownAs what that parameter is called
 * @throws FailureError when there is none, or it is empty
 */
export async function inputFileOf(
	call: Call,
	parameter = 'binaryPropertyName',
	shownAs = 'Input Data Field Name',
): Promise<InputFile> {
	const field = call.parameter(parameter, 'data');
	const binary = binaryIn(call, field);
	if (!binary) {
		throw new FailureError(
			failureOfInput(
				`The item has no file in the field “${String(field)}”`,
				`Set ${shownAs} to the field of the input that holds the file: the Binary tab of the input panel shows its name`,
			),
		);
	}
	const { helpers } = call.context;
	const { id, data, fileName } = binary;
	const bytes = id ? undefined : Buffer.from(data, 'base64');
	const size = id ? (await helpers.getBinaryMetadata(id)).fileSize : (bytes as Buffer).length;
	const name = fileName || (binary.fileExtension ? `file.${binary.fileExtension}` : 'file');
	if (size === 0) {
		throw new FailureError(
			failureOfInput(`The file “${name}” is empty`, 'Check the node that the file comes from'),
		);
	}
	const guessed = isTelling(binary.mimeType) ? undefined : mimeTypeOfName(name);
	const mimeType = guessed ?? (binary.mimeType || 'application/octet-stream');
	return {
		name,
		mimeType,
		size,
		type: assetTypeOf(mimeType),
		open: async () => bytes ?? (await helpers.getBinaryStream(id as string, CHUNK_SIZE)),
	};
}

function binaryIn({ context }: Call, field: unknown): IBinaryData | undefined {
	try {
		// Knows every way in which n8n keeps files with an item.
		return context.helpers.assertBinaryData(field as string);
	} catch {
		return undefined;
	}
}

/** The SHA-256 of a file in hexadecimal; reads no further once the execution is stopped. */
export async function sha256Of({ open }: InputFile, signal?: AbortSignal): Promise<string> {
	const hash = createHash('sha256');
	const body = await open();
	if (Buffer.isBuffer(body)) return hash.update(body).digest('hex');
	for await (const chunk of body) {
		if (signal?.aborted) break;
		hash.update(chunk as Buffer);
	}
	return hash.digest('hex');
}
