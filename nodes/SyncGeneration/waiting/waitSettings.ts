import type { IDataObject, INodeExecutionData, NodeParameterValueType } from 'n8n-workflow';
import { simplifyField } from '../../shared/fields/commonFields';
import { readNumberOption } from '../../shared/fields/readers';
import { signatureToleranceField } from '../../shared/fields/signatureTolerance';
import { FailureError } from '../../shared/transport/errors';
import { checkId } from '../../shared/transport/ids';
import { formatId } from '../../shared/transport/itemContext';
import { unwrapLocator } from '../../shared/transport/run';
import type { SendSettings } from '../../shared/transport/sender';
import { parseSendSettings } from '../../shared/transport/sendSettings';
import { parseBoolean } from '../../shared/transport/values';
import { parseIfFailed } from '../fields';
import type { WaitState, WaitTarget } from './waitTargets';

/** What a suspended execution waits for, and how to output it. */
export interface WaitSettings {
	/** The ID of the generation or batch. */
	id: string;
	simplify: boolean;
	/** Whether ending without a result is an error. Otherwise, it is output as an item. */
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
	target: WaitTarget,
	getParameter: (name: string, fallback?: NodeParameterValueType) => unknown,
	errorFields: IDataObject,
): WaitSettings {
	const { idField } = target;
	const value = unwrapLocator(getParameter(idField));
	errorFields[idField] = formatId(value);
	const checked = checkId(value, target.name, target.reservedIds);
	if (!checked.ok) throw new FailureError(checked.failure);
	const { id } = checked;
	errorFields[idField] = id;
	const options = getParameter('options', {}) as IDataObject;
	const ifFailed = getParameter('ifFailed', 'error');
	return {
		id,
		simplify: parseBoolean(getParameter('simplify', false), simplifyField.displayName),
		isFailureAnError: parseIfFailed(ifFailed, target.ifFailedField.displayName),
		minutes: readNumberOption(options, target.timeLimitField),
		tolerance: readNumberOption(options, signatureToleranceField),
		sending: parseSendSettings(options, getParameter('requestOptions', {}) as IDataObject),
	};
}

/** The output item of what has ended. @throws FailureError if it has no result and that is an error */
export function toFinalItem(
	target: WaitTarget,
	state: WaitState,
	{ isFailureAnError, simplify }: WaitSettings,
): INodeExecutionData {
	const failure = target.getFailure(state);
	if (failure && isFailureAnError) throw new FailureError(failure);
	return { json: target.toItem(state, simplify), pairedItem: { item: 0 } };
}
