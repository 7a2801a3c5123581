import type { IDataObject } from 'n8n-workflow';
import { reopenInputFile } from '../../shared/files/inputFile';
import type { ItemContext } from '../../shared/transport/itemContext';
import type { FileInRequest, GenerationRequest, RequestBody } from '../request/generationRequest';

/** A request as its record keeps it: its files are read from the item again. */
export interface FrozenRequest {
	body: RequestBody;
	files: Array<{ field: FileInRequest['field']; property: string }>;
}

/** What a record keeps of a request. */
export const freeze = ({ body, files }: GenerationRequest): IDataObject =>
	({
		body,
		files: files.map(({ field, file }) => ({ field, property: file.property })),
	}) as unknown as IDataObject;

/** The request of a record. @throws FailureError if a file is no longer there */
export async function thaw(
	item: ItemContext,
	{ body, files }: FrozenRequest,
): Promise<GenerationRequest> {
	const reopen = async ({ field, property }: FrozenRequest['files'][number]) => ({
		field,
		file: await reopenInputFile(item, property),
	});
	return { body, files: await Promise.all(files.map(reopen)) };
}
