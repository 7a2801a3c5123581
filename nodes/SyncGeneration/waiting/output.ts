import type {
	IBinaryKeyData,
	IDataObject,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { FailureError } from '../../shared/transport/errors';
import { mimeTypeOfName } from '../../shared/files/mediaTypes';
import type { Call } from '../../shared/transport/operation';
import { maxSizeOf } from '../../shared/fields/options';
import { downloadFile } from '../../shared/files/storage';
import { wantsSimple } from '../fields';
import type { Generation } from '../../shared/items/generationItem';
import { failureOfGeneration, generationItem } from '../../shared/items/generationItem';
import { costsOf } from '../generation/getCosts';

/** Whether the costs come with the item: one of the options. */
export const includeCostField: INodeProperties = {
	displayName: 'Include Cost',
	name: 'includeCost',
	type: 'boolean',
	default: false,
	description: 'Whether to put what the generation has cost into the field “costs”',
};

/** Fetches the video of a generation into a field of the item. @throws FailureError when it can't be had */
export async function outputFile(
	call: Call,
	{ id, outputFileName }: Generation,
	field: string,
): Promise<IBinaryKeyData> {
	const known = outputFileName || id;
	const name = mimeTypeOfName(known) ? known : `${known}.mp4`;
	const path = `/v2/generations/${encodeURIComponent(id)}/download`;
	const wanted = { name, mimeType: mimeTypeOfName(name), maxSize: maxSizeOf(call) };
	const file = await call.run.withFile(async () => await downloadFile(call, path, wanted));
	return { [field]: file };
}

/**
 * What comes out for a generation, with its costs and its video as wanted. The fields that say so are
 * `downloadOutputFields` and {@link includeCostField}.
 */
export async function outputOf(call: Call, generation: Generation): Promise<INodeExecutionData> {
	const json: IDataObject = generationItem(generation, wantsSimple(call));
	if (call.collection('options').includeCost === true) {
		json.costs = await costsOf(call, generation.id);
	}
	const wantsFile = call.parameter('downloadOutput', false) === true;
	if (!wantsFile || generation.status !== 'COMPLETED') return { json };
	const field = String(call.parameter('binaryPropertyName', 'data'));
	return { json, binary: await outputFile(call, generation, field) };
}

/**
 * Sees to it that a generation that has ended has a video, where its failing is an error by `ifFailed`.
 *
 * @throws FailureError when it has none
 */
export function checkEnd(call: Call, generation: Generation): void {
	if (generation.status === 'COMPLETED') return;
	if (call.parameter('ifFailed', 'error') === 'returnItem') return;
	throw new FailureError(failureOfGeneration(generation));
}
