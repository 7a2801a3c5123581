import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { optionsField, simplifyField } from '../../shared/fields/options';
import type { Generation } from '../../shared/items/generationItem';
import { isFinal } from '../../shared/items/generationItem';
import { Cancellation } from '../../shared/transport/cancellation';
import {
	createNodeError,
	errorItem,
	FailureError,
	inputError,
	inputFailure,
} from '../../shared/transport/errors';
import { failureFromError } from '../../shared/transport/networkErrors';
import { defineOperation } from '../../shared/transport/operation';
import { resumesAnother, resumesExecution } from '../../shared/transport/resumeUrl';
import { Sender } from '../../shared/transport/sender';
import { generationLocator, ifFailedField, timeLimitField } from '../fields';
import { readWaitSettings, signatureToleranceField, toEndItem } from '../waiting/waitSettings';
import { Poller } from '../waiting/waitUntilFinished';

/** How long the node itself waits first, in seconds, so that a fast generation never suspends the execution. */
const FIRST_LOOK = 10;

const OTHER_WAYS = "Use Get with 'Wait Until Finished' instead, which waits in the node";

/**
 * Suspends the execution until sync.so calls its resume URL: nothing runs meanwhile. The webhook of the node, in
 * `resumeOnWebhook.ts`, resumes it.
 *
 * n8n offers this only to custom operations, which it calls in place of the routing.
 */
export async function waitForWebhook(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = this.getInputData();
	const errorFields: IDataObject = {};
	try {
		// As a tool, the node runs within its agent, which can't be suspended.
		if (this.getNode().type.endsWith('Tool')) throw new FailureError(NOT_FOR_AGENTS);
		if (items.length !== 1) throw new FailureError(notOne(items.length));
		const item = await checkAndSuspend(this, errorFields);
		// A copy: n8n empties the list that it gets here, and would have nothing left when the time runs out.
		return [item ? [item] : [...items]];
	} catch (error) {
		// n8n itself ends a stopped execution, as stopped and not as failed.
		if (this.getExecutionCancelSignal()?.aborted) return [[]];
		const failure = failureFromError(error);
		if (!this.continueOnFail()) {
			const context = { getItemIndex: () => 0, getNode: () => this.getNode() };
			throw createNodeError(context, failure, errorFields);
		}
		const failed = items.map((_item, item) => ({
			...errorItem(failure, errorFields),
			pairedItem: { item },
		}));
		return [failed];
	}
}

/** Returns the output if the generation has ended; otherwise, suspends the execution. */
async function checkAndSuspend(
	context: IExecuteFunctions,
	errorFields: IDataObject,
): Promise<INodeExecutionData | undefined> {
	const awaited = readWaitSettings(
		(name, fallback) => context.getNodeParameter(name, 0, fallback),
		errorFields,
	);
	const sender = new Sender(awaited.sending, Cancellation.from(context.getExecutionCancelSignal()));
	const response = await new Poller(sender).poll(context, awaited.id, FIRST_LOOK);
	if (response.ok) {
		const generation = response.body as Generation;
		Object.assign(errorFields, { status: generation.status });
		if (isFinal(generation)) return toEndItem(generation, awaited);
		checkWebhookUrl(
			generation,
			String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0)),
		);
	} else if (!response.isTemporary) {
		throw new FailureError(response.failure);
	}
	// A temporary fault says nothing about the generation, which will call when it has ended.
	await context.putExecutionToWait(new Date(Date.now() + awaited.minutes * 60_000));
	return undefined;
}

/** @throws FailureError if sync.so will not call this execution when the generation has ended */
function checkWebhookUrl({ webhookUrl }: Generation, resumeUrl: string): void {
	if (resumesExecution(webhookUrl, resumeUrl)) return;
	const hint = `In Create, set 'Wait' to 'Resume by Webhook'. For a generation that exists already: ${OTHER_WAYS}.`;
	if (!webhookUrl) {
		throw inputError(
			"The generation has no webhook URL, so sync.so won't call this execution",
			hint,
		);
	}
	throw resumesAnother(webhookUrl, resumeUrl)
		? inputError('The generation resumes another execution, not this one', hint)
		: inputError('The webhook URL of the generation is not that of this execution', hint);
}

const NOT_FOR_AGENTS = inputFailure("An AI agent can't wait for a webhook", OTHER_WAYS);

const notOne = (count: number) =>
	inputFailure(
		`Wait for Webhook takes one item, but there are ${count}: an execution waits for one generation`,
		`${OTHER_WAYS} and takes many items; or pass them one by one, with Loop Over Items or Execute Sub-workflow`,
	);

const [error, returnItem] = ifFailedField.options;

/** Generation → Wait for Webhook. */
export const waitForWebhookOperation = defineOperation({
	name: 'Wait for Webhook',
	value: 'waitForWebhook',
	action: 'Wait for webhook of generation',
	description: 'Pause the workflow until sync.so reports the generation as finished',
	request: { method: 'GET', url: '/v2/generate' },
	fields: [
		generationLocator,
		{
			...ifFailedField,
			options: [
				{
					...error,
					description:
						"Fail the item: it takes the error output, or else is passed on with 'error', because n8n can't stop a resumed workflow",
				},
				returnItem,
			],
		},
		simplifyField,
		optionsField([
			signatureToleranceField,
			{
				...timeLimitField,
				description:
					'How long to wait for the call, in minutes. After that the workflow continues with the input item as it is: use Get with its ID.',
			},
		]),
	],
	// What agents get, where n8n does not call custom operations.
	handle: () => {
		throw new FailureError(NOT_FOR_AGENTS);
	},
});
