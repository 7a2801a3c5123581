import type { IDataObject, INodeProperties, NodeParameterValueType } from 'n8n-workflow';
import { readBooleanOption, readNumberOption } from '../../shared/fields/readers';
import { signatureToleranceField } from '../../shared/fields/signatureTolerance';
import { DEFAULT_SEND_SETTINGS, Sender } from '../../shared/transport/sender';
import { WEBHOOK_SEND_SETTINGS } from '../../shared/transport/webhookCall';
import { eventsField } from './events';

/** Option: whether to verify calls. An expression that returns nothing must not turn this off. */
const verifySignatureField: INodeProperties = {
	displayName: 'Verify Signature',
	name: 'verifySignature',
	type: 'boolean',
	noDataExpression: true,
	default: true,
	description: "Whether to reject calls that are not signed with the 'Webhook Signing Secret'",
};

/** The fields of the node. */
export const triggerFields: INodeProperties[] = [
	eventsField,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				...signatureToleranceField,
				description: `${signatureToleranceField.description}. Repeated calls are ignored for twice as long, or for 24 hours if 0.`,
			},
			verifySignatureField,
		],
	},
	{
		displayName:
			"'Verify Signature' is off: anyone who knows the webhook URL can start this workflow with made-up data",
		name: 'unverifiedNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { '/options.verifySignature': [false] } },
	},
];

/** Which calls start the workflow. */
export interface TriggerSettings {
	events: string[];
	verifiesSignature: boolean;
	/** Maximum age of a signature, in seconds; 0 for any age. */
	tolerance: number;
}

/** Reads the fields of the node. @throws FailureError if an option is invalid */
export function readTriggerSettings(
	getParameter: (name: string, fallback?: NodeParameterValueType) => unknown,
): TriggerSettings {
	const options = getParameter('options', {}) as IDataObject;
	return {
		events: [getParameter(eventsField.name, eventsField.default)].flat() as string[],
		verifiesSignature: readBooleanOption(options, verifySignatureField),
		tolerance: readNumberOption(options, signatureToleranceField),
	};
}

/** Creates the sender for requests of the signing secret. */
export const createSender = (): Sender =>
	new Sender({ ...DEFAULT_SEND_SETTINGS, ...WEBHOOK_SEND_SETTINGS });
