import type {
	IDataObject,
	INodeExecutionData,
	INodeProperties,
	NodeParameterValueType,
} from 'n8n-workflow';
import { simplifyField } from '../../shared/fields/commonFields';
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
import { parseIfFailed, RESERVED_GENERATION_IDS, timeLimitField } from '../fields';

/** Option: the maximum age of a webhook call. */
export const signatureToleranceField: INodeProperties = {
	displayName: 'Signature Tolerance (Seconds)',
	name: 'signatureTolerance',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 300,
	description: 'Maximum age of a webhook signature, or 0 for any age',
};

/** What a suspended execution waits for, and how to output it. */
export interface WaitSettings {
	/** The ID of the generation. */
	id: string;
	simplify: boolean;
	/** Whether a generation without a video is an error. Otherwise, it is output as an item. */
	isFailureAnError: boolean;
	/** Maximum wait. */
	minutes: number;
	/** Maximum age of a webhook call, in seconds; 0 for any age. */
	tolerance: number;
	sending: SendSettings;
}

/**
 * Reads the fields of Wait for Webhook.
 *
 * @param getParameter returns a parameter of the node
 * @param errorFields receives the ID, for error items
 * @throws FailureError if there is no valid ID, or if an option is invalid
 */
export function readWaitSettings(
	getParameter: (name: string, fallback?: NodeParameterValueType) => unknown,
	errorFields: IDataObject,
): WaitSettings {
	const value = unwrapLocator(getParameter('generationId'));
	errorFields.generationId = formatId(value);
	const checked = checkId(value, 'generation', RESERVED_GENERATION_IDS);
	if (!checked.ok) throw new FailureError(checked.failure);
	const { id } = checked;
	errorFields.generationId = id;
	const options = getParameter('options', {}) as IDataObject;
	return {
		id,
		simplify: parseBoolean(getParameter('simplify', false), simplifyField.displayName),
		isFailureAnError: parseIfFailed(getParameter('ifFailed', 'error')),
		minutes: readNumberOption(options, timeLimitField),
		tolerance: readNumberOption(options, signatureToleranceField),
		sending: parseSendSettings(options, getParameter('requestOptions', {}) as IDataObject),
	};
}

/** The output item of a generation that has ended. @throws FailureError if it has no video and that is an error */
export function toFinalItem(
	generation: Generation,
	{ isFailureAnError, simplify }: WaitSettings,
): INodeExecutionData {
	if (generation.status !== 'COMPLETED' && isFailureAnError) {
		throw new FailureError(generationFailure(generation));
	}
	return { json: toGenerationItem(generation, simplify), pairedItem: { item: 0 } };
}
