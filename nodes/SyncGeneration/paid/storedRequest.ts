import type { IDataObject } from 'n8n-workflow';
import { reopenInputFile } from '../../shared/files/inputFile';
import type { ItemContext } from '../../shared/transport/itemContext';
import type { FileInRequest, GenerationRequest, RequestBody } from '../request/generationRequest';

/** A request as its record stores it. The content of files isn't stored, but read from the item again. */
export interface StoredRequest {
	body: RequestBody;
	files: Array<{ field: FileInRequest['field']; property: string }>;
}

/** Converts a request to what its record stores. */
export const toStoredRequest = ({ body, files }: GenerationRequest): IDataObject =>
	({
		body,
		files: files.map(({ field, file }) => ({ field, property: file.property })),
	}) as unknown as IDataObject;

/** Restores the request of a record. @throws FailureError if a file no longer exists */
export async function restoreRequest(
	item: ItemContext,
	{ body, files }: StoredRequest,
): Promise<GenerationRequest> {
	const reopen = async ({ field, property }: StoredRequest['files'][number]) => ({
		field,
		file: await reopenInputFile(item, property),
	});
	return { body, files: await Promise.all(files.map(reopen)) };
}
