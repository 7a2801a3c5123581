import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/commonFields';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { parseNumber } from '../../shared/transport/values';
import { modelFields } from '../fields';
import { ESTIMATE_ROUTES, estimateCost } from '../paid/estimateCost';
import { readModel, resolveModel } from '../request/modelOptions';

async function estimate(item: ItemContext): Promise<INodeExecutionData> {
	const model = resolveModel(readModel(item), 'video');
	const duration = readPositive(item, durationField);
	const fps = readPositive(item, frameRateField);
	return { json: await estimateCost(item, { model, duration, fps }) };
}

const readPositive = (item: ItemContext, { name, displayName }: INodeProperties): number =>
	parseNumber(item.parameter(name), { label: displayName, min: 0.001 });

const durationField: INodeProperties = {
	displayName: 'Duration (Seconds)',
	name: 'duration',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 3 },
	required: true,
	default: 10,
	description: 'Length of the video',
};

const frameRateField: INodeProperties = {
	displayName: 'Frame Rate (FPS)',
	name: 'fps',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 30,
	description: 'Frames per second of the video',
};

/** Generation → Estimate Cost. */
export const estimateCostOperation = defineOperation({
	name: 'Estimate Cost',
	value: 'estimateCost',
	action: 'Estimate cost of generation',
	description: 'Estimate the cost of a generation in US dollars',
	request: { method: 'POST', url: ESTIMATE_ROUTES[0] },
	fields: [...modelFields, durationField, frameRateField, optionsField()],
	handle: estimate,
});
