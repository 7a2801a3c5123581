import type {
	IDataObject,
	INodeExecutionData,
	INodeProperties,
	NodeParameterValueType,
} from 'n8n-workflow';
import { simplifyField } from '../../shared/fields/options';
import { readNumberOption } from '../../shared/fields/readers';
import type { Generation } from '../../shared/items/generationItem';
import { generationFailure, toGenerationItem } from '../../shared/items/generationItem';
import { FailureError } from '../../shared/transport/errors';
import { checkId } from '../../shared/transport/ids';
import { formatId } from '../../shared/transport/itemContext';
import { unwrapLocator } from '../../shared/transport/run';
import type { SendSettings } from '../../shared/transport/sender';
import { parseSendSettings } from '../../shared/transport/sendSettings';
import { parseBoolean } from '../../shared/transport/values';
import { GENERATION_ROUTES, isFailureAnError, timeLimitField } from '../fields';

/** How old a call may be: one of the options. */
export const signatureToleranceField: INodeProperties = {
	displayName: 'Signature Tolerance',
	name: 'signatureTolerance',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 300,
	description: 'How old the signature of a call may be, in seconds, or 0 for any age',
};

/** What a suspended execution waits for, and what is to come of it. */
export interface WaitSettings {
	/** The ID of the generation. */
	id: string;
	simplify: boolean;
	/** Whether a generation without a video is an error, and not an item. */
	isFailureAnError: boolean;
	/** How long at most. */
	minutes: number;
	/** How old a call may be, in seconds; 0: any age. */
	tolerance: number;
	sending: SendSettings;
}

/**
 * Reads the fields of Wait for Webhook.
 *
 * @param parameter reads one of them
 * @param errorFields what was asked for, as an error item names it; the ID is noted there
 * @throws FailureError if there is no ID, or if an option is invalid
 */
export function readWaitSettings(
	parameter: (name: string, fallback?: NodeParameterValueType) => unknown,
	errorFields: IDataObject,
): WaitSettings {
	const picked = unwrapLocator(parameter('generationId'));
	errorFields.generationId = formatId(picked);
	const checked = checkId(picked, 'generation', GENERATION_ROUTES);
	if (!checked.ok) throw new FailureError(checked.failure);
	const { id } = checked;
	errorFields.generationId = id;
	const options = parameter('options', {}) as IDataObject;
	return {
		id,
		simplify: parseBoolean(parameter('simplify', false), simplifyField.displayName),
		isFailureAnError: isFailureAnError(parameter('ifFailed', 'error')),
		minutes: readNumberOption(options, timeLimitField),
		tolerance: readNumberOption(options, signatureToleranceField),
		sending: parseSendSettings(options, parameter('requestOptions', {}) as IDataObject),
	};
}

/** The output for a generation that has ended. @throws FailureError if it has no video, and that is an error */
export function toEndItem(
	generation: Generation,
	{ isFailureAnError, simplify }: WaitSettings,
): INodeExecutionData {
	if (generation.status !== 'COMPLETED' && isFailureAnError) {
		throw new FailureError(generationFailure(generation));
	}
	return { json: toGenerationItem(generation, simplify), pairedItem: { item: 0 } };
}
