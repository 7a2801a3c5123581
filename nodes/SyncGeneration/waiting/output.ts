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
} from '../../shared/fields/options';
import { readBooleanOption } from '../../shared/fields/readers';
import { createUrlRequest, downloadFile } from '../../shared/files/download';
import { guessMimeType } from '../../shared/files/mediaTypes';
import type { Generation } from '../../shared/items/generationItem';
import { generationFailure, toGenerationItem } from '../../shared/items/generationItem';
import { FailureError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { isFailureAnError } from '../fields';
import { requestCosts } from './costs';

/** Whether the costs are part of the item: one of the options. */
export const includeCostField: INodeProperties = {
	displayName: 'Include Cost',
	name: 'includeCost',
	type: 'boolean',
	default: false,
	description: "Whether to add what the generation has cost to the field 'costs'",
};

/** How a generation becomes the output, as the form says. */
export interface OutputSettings {
	simplify: boolean;
	includeCost: boolean;
	/** Whether a generation without a video is an error. */
	isFailureAnError: boolean;
	/** Where the video is downloaded to, if it is. */
	download?: OutputFile;
}

/** Where a video is downloaded to. */
export interface OutputFile {
	/** The field of the item. */
	field: string;
	/** A larger file is refused, in bytes. */
	maxSize: number;
}

/** Reads the fields of the output, before anything is sent or paid for. @throws FailureError if one is invalid */
export const readOutputSettings = (item: ItemContext): OutputSettings => ({
	simplify: readSimplify(item),
	includeCost: readBooleanOption(item.addedFields('options'), includeCostField),
	isFailureAnError: isFailureAnError(item.parameter('ifFailed', 'error')),
	...(readDownloadOutput(item) && { download: readOutputFile(item) }),
});

/** Reads where a video is downloaded to. @throws FailureError if one of the fields is invalid */
export const readOutputFile = (item: ItemContext): OutputFile => ({
	field: readOutputField(item),
	maxSize: readMaxSize(item),
});

/** Downloads the video of a generation into a field of the item. @throws FailureError if it can't be downloaded */
export async function downloadOutput(
	item: ItemContext,
	{ id, outputFileName, outputUrl }: Generation,
	{ field, maxSize }: OutputFile,
): Promise<IBinaryKeyData> {
	// The video is there and paid for, even if it can't be downloaded now.
	item.errorFields.outputUrl = outputUrl || null;
	const known = outputFileName || id;
	const name = guessMimeType(known) ? known : `${known}.mp4`;
	const path = `/v2/generations/${encodeURIComponent(id)}/download`;
	const wanted = {
		url: createUrlRequest(item, path),
		name,
		mimeType: guessMimeType(name),
		maxSize,
	};
	const file = await item.run.withFile(async () => await downloadFile(item, wanted));
	delete item.errorFields.outputUrl;
	return { [field]: file };
}

/** The output for a generation, with its costs and its video as wanted. */
export async function buildOutput(
	item: ItemContext,
	generation: Generation,
	{ simplify, includeCost, download }: OutputSettings,
): Promise<INodeExecutionData> {
	const json: IDataObject = toGenerationItem(generation, simplify);
	if (includeCost) {
		const result = await requestCosts(item, generation.id);
		if ('costs' in result) json.costs = result.costs;
		// A finished video does not fail because of its costs.
		else Object.assign(json, { costs: null, costsError: result.failure.message });
	}
	if (!download || generation.status !== 'COMPLETED') return { json };
	return { json, binary: await downloadOutput(item, generation, download) };
}

/**
 * Makes sure that a generation that has ended has a video, if its failure is an error.
 *
 * @throws FailureError if it has none
 */
export function throwIfFailed(generation: Generation, settings: OutputSettings): void {
	if (generation.status === 'COMPLETED' || !settings.isFailureAnError) return;
	throw new FailureError(generationFailure(generation));
}
