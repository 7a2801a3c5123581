import type {
	IBinaryKeyData,
	IDataObject,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import {
	readDownloadOutput,
	readMaxSize,
	readOutputField,
	readSimplify,
} from '../../shared/fields/commonFields';
import { readBooleanOption } from '../../shared/fields/readers';
import { createUrlRequest, downloadFile } from '../../shared/files/download';
import { guessMimeType } from '../../shared/files/mediaTypes';
import type { Generation } from '../../shared/items/generationItem';
import { generationFailure, toGenerationItem } from '../../shared/items/generationItem';
import { FailureError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { parseIfFailed } from '../fields';
import { requestCosts } from './requestCosts';

/** Option: whether to add the costs to the item. */
export const includeCostField: INodeProperties = {
	displayName: 'Include Cost',
	name: 'includeCost',
	type: 'boolean',
	default: false,
	description: "Whether to add the cost of the generation as 'costs'",
};

/** How to output a generation. */
export interface OutputSettings {
	simplify: boolean;
	includeCost: boolean;
	/** Whether a generation without a video is an error. */
	isFailureAnError: boolean;
	/** Where to save the video. Undefined if it isn't downloaded. */
	download?: OutputFile;
}

/** Where to save a video. */
export interface OutputFile {
	/** The name of the binary field. */
	field: string;
	/** Maximum size in bytes. Larger files are rejected. */
	maxSize: number;
}

/** Reads the output settings, before anything is sent or paid for. @throws FailureError if one is invalid */
export const readOutputSettings = (item: ItemContext): OutputSettings => ({
	simplify: readSimplify(item),
	includeCost: readBooleanOption(item.addedFields('options'), includeCostField),
	isFailureAnError: parseIfFailed(item.parameter('ifFailed', 'error')),
	...(readDownloadOutput(item) && { download: readOutputFile(item) }),
});

/** Reads where to save a video. @throws FailureError if a field is invalid */
export const readOutputFile = (item: ItemContext): OutputFile => ({
	field: readOutputField(item),
	maxSize: readMaxSize(item),
});

/** Downloads the video of a generation into a binary field. @throws FailureError if it can't be downloaded */
export async function downloadOutput(
	item: ItemContext,
	{ id, outputFileName, outputUrl }: Generation,
	{ field, maxSize }: OutputFile,
): Promise<IBinaryKeyData> {
	// The video is paid for: if the download fails, the error has its URL.
	item.errorFields.outputUrl = outputUrl || null;
	const baseName = outputFileName || id;
	const name = guessMimeType(baseName) ? baseName : `${baseName}.mp4`;
	const path = `/v2/generations/${encodeURIComponent(id)}/download`;
	const fileToDownload = {
		url: createUrlRequest(item, path),
		name,
		mimeType: guessMimeType(name),
		maxSize,
	};
	const file = await item.run.withFile(async () => await downloadFile(item, fileToDownload));
	delete item.errorFields.outputUrl;
	return { [field]: file };
}

/** The output item of a generation. Requests its costs and downloads its video, if the settings say so. */
export async function buildOutput(
	item: ItemContext,
	generation: Generation,
	{ simplify, includeCost, download }: OutputSettings,
): Promise<INodeExecutionData> {
	const json: IDataObject = toGenerationItem(generation, simplify);
	if (includeCost) {
		const result = await requestCosts(item, generation.id);
		if ('costs' in result) json.costs = result.costs;
		// Unknown costs must not fail an item whose video is finished.
		else Object.assign(json, { costs: null, costsError: result.failure.message });
	}
	if (!download || generation.status !== 'COMPLETED') return { json };
	return { json, binary: await downloadOutput(item, generation, download) };
}

/**
 * Fails the item of a generation that has ended without a video, unless the settings say to output it.
 *
 * @throws FailureError if it has no video
 */
export function throwIfFailed(generation: Generation, settings: OutputSettings): void {
	if (generation.status === 'COMPLETED' || !settings.isFailureAnError) return;
	throw new FailureError(generationFailure(generation));
}
