import type { IBinaryData } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import type { Cancellation } from '../transport/cancellation';
import { inputError } from '../transport/errors';
import type { ItemContext } from '../transport/itemContext';
import type { AssetType } from './mediaTypes';
import { guessMimeType, isSpecific, stripParameters, toAssetType } from './mediaTypes';
import type { FileStream } from './streams';

/** A file in a field of an input item, wherever n8n stores it. */
export interface InputFile {
	/** The name of the field. */
	property: string;
	name: string;
	mimeType: string;
	/** In bytes. */
	size: number;
	/** Undefined if the file is not video, audio or an image. */
	type?: AssetType;
	/** Opens the content: a buffer if n8n keeps the file in memory, a stream otherwise. */
	open: () => Promise<Buffer | FileStream>;
	/** The SHA-256 of the content in hexadecimal, computed once. */
	sha256: () => Promise<string>;
}

/** How much of a stored file to read at a time, in bytes. */
const CHUNK_SIZE = 256 * 1024;

/**
 * The file in the field that a parameter names.
 *
 * @param parameter the name of the parameter
 * @param label its name in the form
 * @throws FailureError if there is no file, or it is empty
 */
export async function readInputFile(
	item: ItemContext,
	parameter = 'binaryPropertyName',
	label = 'Input Data Field Name',
): Promise<InputFile> {
	const property = item.parameter(parameter, 'data');
	const binary = findBinary(item, property);
	if (binary) return await createInputFile(item, String(property), binary);
	const fields = Object.keys(item.context.getInputData().binary ?? {});
	throw inputError(
		`The item has no file in '${String(property)}'. ${fields.length > 0 ? `It has: ${fields.join(', ')}` : 'It has no files'}.`,
		`Set '${label}' to the name of the field that holds the file, as shown in the Binary tab of the input panel`,
	);
}

/** The file that an earlier attempt read from a field. @throws FailureError if it is missing or empty */
export async function reopenInputFile(item: ItemContext, property: string): Promise<InputFile> {
	const binary = findBinary(item, property);
	if (binary) return await createInputFile(item, property, binary);
	throw inputError(
		`The file in '${property}' no longer exists`,
		'Run the workflow again from the start',
	);
}

async function createInputFile(
	{ context, run }: ItemContext,
	property: string,
	binary: IBinaryData,
): Promise<InputFile> {
	const { helpers } = context;
	const { id, data, fileName } = binary;
	const bytes = id ? undefined : Buffer.from(data, 'base64');
	const size = id ? (await helpers.getBinaryMetadata(id)).fileSize : (bytes as Buffer).length;
	const name = fileName || (binary.fileExtension ? `file.${binary.fileExtension}` : 'file');
	if (size === 0) {
		throw inputError(`The file '${name}' is empty`, 'Check the node that provides the file');
	}
	const guessed = isSpecific(binary.mimeType) ? undefined : guessMimeType(name);
	const mimeType = guessed ?? (stripParameters(binary.mimeType) || 'application/octet-stream');
	const open = async () => bytes ?? (await helpers.getBinaryStream(id as string, CHUNK_SIZE));
	let digest: Promise<string> | undefined;
	const sha256 = async () => await (digest ??= hash(open, run.cancellation));
	return { property, name, mimeType, size, type: toAssetType(mimeType), open, sha256 };
}

function findBinary({ context }: ItemContext, property: unknown): IBinaryData | undefined {
	try {
		// This covers every way in which n8n stores the files of an item.
		return context.helpers.assertBinaryData(property as string);
	} catch {
		return undefined;
	}
}

/** The SHA-256 of a file in hexadecimal. Stops reading if the run is canceled. */
async function hash(open: InputFile['open'], cancellation: Cancellation): Promise<string> {
	const sha256 = createHash('sha256');
	const body = await open();
	if (Buffer.isBuffer(body)) return sha256.update(body).digest('hex');
	for await (const chunk of body) {
		cancellation.throwIfCanceled();
		sha256.update(chunk as Buffer);
	}
	return sha256.digest('hex');
}
