import type { INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/options';
import type { Call } from '../../shared/transport/operation';
import { routing } from '../../shared/transport/operation';
import { numberFrom, textFrom } from '../../shared/transport/values';
import { ESTIMATE_ADDRESSES, estimateCost } from '../paid/estimate';

/** Estimates what a generation would cost. */
async function estimate(call: Call): Promise<INodeExecutionData> {
	const model = textFrom(call.parameter('model'), 'Model');
	const duration = readPositive(call, durationField);
	const fps = readPositive(call, frameRateField);
	return { json: await estimateCost(call, { model, duration, fps }) };
}

const readPositive = (call: Call, { name, displayName }: INodeProperties): number =>
	numberFrom(call.parameter(name), { label: displayName, min: 0.001 });

/** The entry in the Operation list. */
export const estimateCostOption: INodePropertyOptions = {
	name: 'Estimate Cost',
	value: 'estimateCost',
	action: 'Estimate cost of generation',
	description: 'Estimate the cost of a generation in US dollars',
	routing: routing('POST', ESTIMATE_ADDRESSES[0], estimate),
};

const durationField: INodeProperties = {
	displayName: 'Duration',
	name: 'duration',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 3 },
	required: true,
	default: 10,
	description: 'Length of the video in seconds',
};

const frameRateField: INodeProperties = {
	displayName: 'Frame Rate',
	name: 'fps',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 30,
	description: 'Frames of the video per second',
};

const properties: INodeProperties[] = [durationField, frameRateField, optionsField()];

/** The fields of Estimate Cost. */
export const estimateCostDescription = updateDisplayOptions(
	{ show: { resource: ['generation'], operation: ['estimateCost'] } },
	properties,
);
