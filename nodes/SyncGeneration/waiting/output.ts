import type {
	IBinaryKeyData,
	IDataObject,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import {
	readMaxSize,
	readOutputField,
	wantsDownload,
	wantsSimple,
} from '../../shared/fields/options';
import { readSwitch } from '../../shared/fields/readers';
import { mimeTypeOfName } from '../../shared/files/mediaTypes';
import { downloadFile, urlAt } from '../../shared/files/download';
import type { Generation } from '../../shared/items/generationItem';
import { failureOfGeneration, generationItem } from '../../shared/items/generationItem';
import { FailureError } from '../../shared/transport/errors';
import type { Call } from '../../shared/transport/itemContext';
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
export const readOutputSettings = (call: Call): OutputSettings => ({
	simplify: wantsSimple(call),
	includeCost: readSwitch(call.addedFields('options'), includeCostField),
	isFailureAnError: isFailureAnError(call.parameter('ifFailed', 'error')),
	...(wantsDownload(call) && { download: readOutputFile(call) }),
});

/** Reads where a video is downloaded to. @throws FailureError if one of the fields is invalid */
export const readOutputFile = (call: Call): OutputFile => ({
	field: readOutputField(call),
	maxSize: readMaxSize(call),
});

/** Downloads the video of a generation into a field of the item. @throws FailureError if it can't be downloaded */
export async function downloadOutput(
	call: Call,
	{ id, outputFileName, outputUrl }: Generation,
	{ field, maxSize }: OutputFile,
): Promise<IBinaryKeyData> {
	// The video is there and paid for, even if it can't be downloaded now.
	call.subject.outputUrl = outputUrl || null;
	const known = outputFileName || id;
	const name = mimeTypeOfName(known) ? known : `${known}.mp4`;
	const path = `/v2/generations/${encodeURIComponent(id)}/download`;
	const wanted = { url: urlAt(call, path), name, mimeType: mimeTypeOfName(name), maxSize };
	const file = await call.run.withFile(async () => await downloadFile(call, wanted));
	delete call.subject.outputUrl;
	return { [field]: file };
}

/** The output for a generation, with its costs and its video as wanted. */
export async function outputOf(
	call: Call,
	generation: Generation,
	{ simplify, includeCost, download }: OutputSettings,
): Promise<INodeExecutionData> {
	const json: IDataObject = generationItem(generation, simplify);
	if (includeCost) {
		const result = await requestCosts(call, generation.id);
		if ('costs' in result) json.costs = result.costs;
		// A finished video does not fail because of its costs.
		else Object.assign(json, { costs: null, costsError: result.failure.message });
	}
	if (!download || generation.status !== 'COMPLETED') return { json };
	return { json, binary: await downloadOutput(call, generation, download) };
}

/**
 * Makes sure that a generation that has ended has a video, if its failure is an error.
 *
 * @throws FailureError if it has none
 */
export function checkEnd(generation: Generation, settings: OutputSettings): void {
	if (generation.status === 'COMPLETED' || !settings.isFailureAnError) return;
	throw new FailureError(failureOfGeneration(generation));
}
