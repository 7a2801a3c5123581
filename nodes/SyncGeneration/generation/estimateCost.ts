import type {
	IDataObject,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { failureOfAnswer, FailureError, failureOfInput } from '../../shared/transport/errors';
import { itemOf } from '../../shared/items/item';
import type { Call } from '../../shared/transport/operation';
import { askEither, routing } from '../../shared/transport/operation';
import { optionsField } from '../../shared/fields/options';

/** The newest address, and the older one of the same thing. */
const ADDRESSES = ['/v2/generations/estimate', '/v2/generate/estimate-cost'] as const;

/** Every documented field of an estimate, in the order of the output. */
const ESTIMATE_FIELDS = ['estimatedFrameCount', 'estimatedGenerationCost', 'estimatedCredits'];

/**
 * Asks what a generation would cost. Nothing is made, and no media is fetched.
 *
 * @param of `model`, `duration` in seconds, `fps`
 * @throws FailureError when it can't be told
 */
export async function estimateOf(call: Call, of: IDataObject): Promise<IDataObject> {
	const body = await askEither(call, ADDRESSES, { method: 'POST', body: of }, true);
	const { estimatedGenerationCost } = (body ?? {}) as { estimatedGenerationCost?: unknown };
	if (typeof estimatedGenerationCost !== 'number') {
		throw new FailureError(failureOfAnswer('an estimate', body));
	}
	return itemOf(body as object, ESTIMATE_FIELDS);
}

/** A number of a field that is to be above zero. @throws FailureError when it is not */
function positive(call: Call, name: string, label: string): number {
	const value = call.parameter(name);
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number === 'number' && Number.isFinite(number) && number > 0) return number;
	throw new FailureError(
		failureOfInput(
			`${label} is not a number above 0`,
			'Check the value, or that the expression in the field gives one for this item',
		),
	);
}

/** Says what a generation would cost. */
async function estimateCost(call: Call): Promise<INodeExecutionData> {
	const model = String(call.parameter('model') ?? '').trim();
	if (!model) throw new FailureError(failureOfInput('There is no model', 'Choose a model'));
	const duration = positive(call, 'duration', 'Duration');
	const fps = positive(call, 'fps', 'Frame Rate');
	return { json: await estimateOf(call, { model, duration, fps }) };
}

/** The entry in the Operation list. */
export const estimateCostOption: INodePropertyOptions = {
	name: 'Estimate Cost',
	value: 'estimateCost',
	action: 'Estimate cost of generation',
	description: 'Say what a video of some length would cost in US dollars, before it is made',
	routing: routing('POST', ADDRESSES[0], estimateCost),
};

const properties: INodeProperties[] = [
	{
		displayName: 'Duration',
		name: 'duration',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 3 },
		required: true,
		default: 10,
		description: 'How many seconds the video has',
	},
	{
		displayName: 'Frame Rate',
		name: 'fps',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 30,
		description: 'How many frames the video has a second',
	},
	optionsField(),
];

/** The fields of Estimate Cost. */
export const estimateCostDescription = updateDisplayOptions(
	{ show: { resource: ['generation'], operation: ['estimateCost'] } },
	properties,
);
