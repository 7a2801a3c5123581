import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { optionsField, simplifyField } from '../../shared/fields/commonFields';
import { HIDDEN_IN_TOOLS } from '../../shared/fields/toolFields';
import type { Generation } from '../../shared/items/generationItem';
import { hasEnded } from '../../shared/items/generationItem';
import { Cancellation } from '../../shared/transport/cancellation';
import {
	createNodeError,
	errorItem,
	FailureError,
	inputError,
	inputFailure,
} from '../../shared/transport/errors';
import { isTool } from '../../shared/transport/failureMessage';
import { failureFromError } from '../../shared/transport/networkErrors';
import { defineOperation } from '../../shared/transport/operation';
import { resumesAnother, resumesExecution } from '../../shared/transport/resumeUrl';
import { Sender } from '../../shared/transport/sender';
import { generationLocator, ifFailedField, timeLimitField } from '../fields';
import { readWaitSettings, signatureToleranceField, toFinalItem } from '../waiting/waitSettings';
import { Poller } from '../waiting/waitUntilFinished';

/** How long to poll before suspending the execution, in seconds. A generation that ends sooner suspends nothing. */
const INITIAL_POLL_SECONDS = 10;

const USE_GET_INSTEAD = "Use Get with 'Wait Until Finished' instead, which waits in the node";

/**
 * Suspends the execution until sync.so calls its resume URL. Nothing runs in the meantime. The node's webhook, in
 * `resumeOnWebhook.ts`, resumes it.
 *
 * This is a custom operation, which n8n calls instead of the declarative routing: only those can suspend an execution.
 */
export async function waitForWebhook(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = this.getInputData();
	const errorFields: IDataObject = {};
	try {
		// As a tool, the node runs inside its agent, which can't be suspended.
		if (isTool(this.getNode())) throw new FailureError(AGENT_FAILURE);
		if (items.length !== 1) throw new FailureError(createItemCountFailure(items.length));
		const item = await pollOrSuspend(this, errorFields);
		// A copy, because n8n empties the list that is returned: on timeout, the input would have no items left.
		return [item ? [item] : [...items]];
	} catch (error) {
		// n8n itself marks the execution as stopped. An error would mark it as failed.
		if (this.getExecutionCancelSignal()?.aborted) return [[]];
		const failure = failureFromError(error);
		if (!this.continueOnFail()) {
			const context = { getItemIndex: () => 0, getNode: () => this.getNode() };
			throw createNodeError(context, failure, errorFields);
		}
		const errorItems = items.map((_item, item) => ({
			...errorItem(failure, errorFields),
			pairedItem: { item },
		}));
		return [errorItems];
	}
}

/** Suspends the execution unless the generation has ended. @returns the output if it has; undefined otherwise */
async function pollOrSuspend(
	context: IExecuteFunctions,
	errorFields: IDataObject,
): Promise<INodeExecutionData | undefined> {
	const settings = readWaitSettings(
		(name, fallback) => context.getNodeParameter(name, 0, fallback),
		errorFields,
	);
	const sender = new Sender(
		settings.sending,
		Cancellation.from(context.getExecutionCancelSignal()),
	);
	const response = await new Poller(sender).poll(context, settings.id, INITIAL_POLL_SECONDS);
	if (response.ok) {
		const generation = response.body as Generation;
		Object.assign(errorFields, { status: generation.status });
		if (hasEnded(generation)) return toFinalItem(generation, settings);
		checkWebhookUrl(
			generation,
			String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0)),
		);
	} else if (!response.isTemporary) {
		throw new FailureError(response.failure);
	}
	// A temporary failure doesn't affect the generation: sync.so still calls when it has ended.
	await context.putExecutionToWait(new Date(Date.now() + settings.minutes * 60_000));
	return undefined;
}

/** @throws FailureError if sync.so won't call this execution when the generation has ended */
function checkWebhookUrl({ webhookUrl }: Generation, resumeUrl: string): void {
	if (resumesExecution(webhookUrl, resumeUrl)) return;
	const hint = `In Create, set 'Wait' to 'Resume by Webhook'. For a generation that exists already: ${USE_GET_INSTEAD}.`;
	if (!webhookUrl) {
		throw inputError(
			"The generation has no webhook URL, so sync.so won't call this execution",
			hint,
		);
	}
	throw resumesAnother(webhookUrl, resumeUrl)
		? inputError('The webhook of the generation resumes another execution, not this one', hint)
		: inputError('The webhook URL of the generation does not belong to this execution', hint);
}

const AGENT_FAILURE = inputFailure("An AI agent can't wait for a webhook", USE_GET_INSTEAD);

const createItemCountFailure = (count: number) =>
	inputFailure(
		`Wait for Webhook takes one item, but there are ${count}: an execution waits for one generation`,
		`${USE_GET_INSTEAD} and takes many items; or pass them one by one, with Loop Over Items or Execute Sub-workflow`,
	);

const [errorOption, returnItemOption] = ifFailedField.options;

/** Generation → Wait for Webhook. */
export const waitForWebhookOperation = defineOperation({
	name: 'Wait for Webhook',
	value: 'waitForWebhook',
	action: 'Wait for webhook of generation',
	description: 'Pause the workflow until sync.so reports the generation as finished',
	displayOptions: HIDDEN_IN_TOOLS,
	request: { method: 'GET', url: '/v2/generate' },
	fields: [
		generationLocator,
		{
			...ifFailedField,
			options: [
				{
					...errorOption,
					description:
						"Fail the item: it goes to the error output, or on with 'error' if there is none",
				},
				returnItemOption,
			],
		},
		simplifyField,
		optionsField([
			signatureToleranceField,
			{
				...timeLimitField,
				description:
					"How long to wait for sync.so's call. After that, the workflow continues with the input item: use Get with its ID.",
			},
		]),
	],
	// Only agents' calls get here: n8n doesn't call custom operations for them.
	handle: () => {
		throw new FailureError(AGENT_FAILURE);
	},
});
