import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import {
	endWithFailure,
	FailureError,
	failureOfError,
	failureOfInput,
} from '../../shared/transport/errors';
import { routing } from '../../shared/transport/operation';
import { optionsField, simplifyField } from '../../shared/fields/options';
import { Sender } from '../../shared/transport/send';
import { awaitedBy, endItem, secretOf, USUAL_TOLERANCE } from '../waiting/awaited';
import { ifFailedField, timeLimitField } from '../fields';
import type { Generation } from '../../shared/items/generationItem';
import { isFinal } from '../../shared/items/generationItem';
import { Poller } from '../waiting/wait';

/** How long the node itself waits first, in seconds, so that a fast job never suspends the execution. */
const FIRST_LOOK = 10;

const OTHER_WAYS = 'Use Get with Wait Until Finished instead, which waits in the node';

/**
 * Suspends the execution until sync.so calls its resume URL: nothing runs meanwhile. The webhook of the node, in
 * `resume.ts`, lets it go on.
 *
 * n8n offers this to custom operations alone, which it calls in place of the routing.
 */
export async function waitForWebhook(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = this.getInputData();
	const subject: IDataObject = {};
	try {
		// As a tool, the node runs within its agent, which can't be suspended.
		if (this.getNode().type.endsWith('Tool')) throw new FailureError(NOT_FOR_AGENTS);
		if (items.length !== 1) throw new FailureError(notOne(items.length));
		const item = await lookAndSuspend(this, subject);
		// A copy: n8n empties the list that it gets here, and would have nothing left for when the time runs out.
		return [item ? [item] : [...items]];
	} catch (error) {
		// n8n ends a stopped execution by itself, as stopped and not as failed.
		if (this.getExecutionCancelSignal()?.aborted) return [[]];
		const failure = failureOfError(error);
		const failed = items.map((_item, itemIndex) =>
			endWithFailure(
				{
					continueOnFail: () => this.continueOnFail(),
					getItemIndex: () => itemIndex,
					getNode: () => this.getNode(),
				},
				failure,
				subject,
			),
		);
		return [failed];
	}
}

/** Gives what comes out at once when the generation has ended; otherwise, has the execution suspended. */
async function lookAndSuspend(
	context: IExecuteFunctions,
	subject: IDataObject,
): Promise<INodeExecutionData | undefined> {
	const awaited = awaitedBy(
		(name, otherwise) => context.getNodeParameter(name, 0, otherwise),
		subject,
	);
	const signal = context.getExecutionCancelSignal();
	const sender = new Sender(context.getNode(), awaited.sending, signal);
	// The secret first: between the look at the generation and the suspension, a call would find nobody.
	const secret = await secretOf(context, sender);
	const answer = await new Poller(sender).ask(context, awaited.id, FIRST_LOOK);
	if (!answer.ok) throw new FailureError(answer.failure);
	const generation = answer.body as Generation;
	Object.assign(subject, { status: generation.status });
	if (isFinal(generation)) return endItem(generation, awaited);
	if (!secret.ok) throw new FailureError(secret.failure);
	await context.putExecutionToWait(new Date(Date.now() + awaited.minutes * 60_000));
	return undefined;
}

const NOT_FOR_AGENTS = failureOfInput('An AI agent can’t wait for a webhook', OTHER_WAYS);

const notOne = (count: number) =>
	failureOfInput(
		`Wait for Webhook takes one item, but ${count} came: an execution waits for one generation`,
		`${OTHER_WAYS} and takes many items; or take them one by one, by Loop Over Items or Execute Sub-workflow`,
	);

/** The entry in the Operation list. */
export const waitForWebhookOption: INodePropertyOptions = {
	name: 'Wait for Webhook',
	value: 'waitForWebhook',
	action: 'Wait for webhook of generation',
	description:
		'Suspend the execution until sync.so says that a generation has ended. When the time runs out, the input item goes on as it is.',
	// What agents get, where n8n does not call custom operations.
	routing: routing('GET', '/v2/generate', () => {
		throw new FailureError(NOT_FOR_AGENTS);
	}),
};

const [error, returnItem] = ifFailedField.options;

const properties: INodeProperties[] = [
	{
		...ifFailedField,
		options: [
			{
				...error,
				description:
					'The item fails: it takes the error output. Without one, the next node gets an item with “error”, because n8n can’t stop a workflow that was suspended.',
			},
			returnItem,
		],
	},
	simplifyField,
	optionsField([
		{
			displayName: 'Signature Tolerance',
			name: 'signatureTolerance',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: USUAL_TOLERANCE,
			description: 'How many seconds old a call may be; 0 means any age',
		},
		{
			...timeLimitField,
			description:
				'How many minutes to wait for the call at most. After that the input item goes on as it is: use Get with its ID.',
		},
	]),
];

/** The fields of Wait for Webhook. */
export const waitForWebhookDescription = updateDisplayOptions(
	{ show: { resource: ['generation'], operation: ['waitForWebhook'] } },
	properties,
);
