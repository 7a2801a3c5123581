import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { WAIT_INDEFINITELY } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/commonFields';
import { HIDDEN_IN_TOOLS } from '../../shared/fields/toolFields';
import { signatureToleranceField } from '../../shared/fields/signatureTolerance';
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
import type { Operation } from '../../shared/transport/operation';
import { defineOperation } from '../../shared/transport/operation';
import { resumesAnother, resumesExecution } from '../../shared/transport/resumeUrl';
import { Sender } from '../../shared/transport/sender';
import { readWaitSettings, toFinalItem } from './waitSettings';
import type { WaitState, WaitTarget } from './waitTargets';

/** A function that n8n calls instead of the declarative routing of an operation. */
type CustomOperation = (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

/**
 * Creates a function that suspends the execution until sync.so calls its resume URL. Nothing runs in the meantime. The
 * node's webhook, in `resumeOnWebhook.ts`, resumes it.
 *
 * It is a custom operation, which n8n calls instead of the declarative routing: only those can suspend an execution.
 */
export function suspendUntilWebhook(target: WaitTarget): CustomOperation {
	return async function (this: IExecuteFunctions) {
		const items = this.getInputData();
		const errorFields: IDataObject = {};
		try {
			// As a tool, the node runs inside its agent, which can't be suspended.
			if (isTool(this.getNode())) throw new FailureError(createAgentFailure(target));
			if (items.length !== 1) throw new FailureError(createItemCountFailure(target, items.length));
			const item = await requestOrSuspend(this, target, errorFields);
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
	};
}

/** Suspends the execution unless the target has ended. @returns the output if it has; undefined otherwise */
async function requestOrSuspend(
	context: IExecuteFunctions,
	target: WaitTarget,
	errorFields: IDataObject,
): Promise<INodeExecutionData | undefined> {
	const settings = readWaitSettings(
		target,
		(name, fallback) => context.getNodeParameter(name, 0, fallback),
		errorFields,
	);
	const sender = new Sender(
		settings.sending,
		Cancellation.from(context.getExecutionCancelSignal()),
	);
	const response = await target.requestState(context, sender, settings.id);
	if (response.ok) {
		const state = response.body as WaitState;
		Object.assign(errorFields, { status: state.status });
		if (target.hasEnded(state)) return toFinalItem(target, state, settings);
		const resumeUrl = String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0));
		checkWebhookUrl(target, state, resumeUrl);
	} else if (!response.isTemporary) {
		throw new FailureError(response.failure);
	}
	// A temporary failure changes nothing at sync.so: it still calls in the end.
	await context.putExecutionToWait(toWaitTill(settings.minutes));
	return undefined;
}

/** When to give up. Never after n8n's own "indefinitely": SQLite would sort a year of five digits before now. */
const toWaitTill = (minutes: number): Date =>
	new Date(Math.min(Date.now() + minutes * 60_000, WAIT_INDEFINITELY.getTime()));

/** @throws FailureError if sync.so won't call this execution in the end */
function checkWebhookUrl(
	{ name, alternative }: WaitTarget,
	{ webhookUrl }: WaitState,
	resumeUrl: string,
): void {
	if (resumesExecution(webhookUrl, resumeUrl)) return;
	const hint = `In Create, set 'Wait' to 'Resume by Webhook'. For a ${name} that exists already: Use ${alternative}.`;
	if (!webhookUrl) {
		throw inputError(`The ${name} has no webhook URL, so sync.so won't call this execution`, hint);
	}
	throw resumesAnother(webhookUrl, resumeUrl)
		? inputError(`The webhook of the ${name} resumes another execution, not this one`, hint)
		: inputError(`The webhook URL of the ${name} does not belong to this execution`, hint);
}

const createAgentFailure = ({ alternative }: WaitTarget) =>
	inputFailure("An AI agent can't wait for a webhook", `Use ${alternative}`);

const createItemCountFailure = ({ name, alternative }: WaitTarget, count: number) =>
	inputFailure(
		`Wait for Webhook takes one item, but there are ${count}: an execution waits for one ${name}`,
		`Use ${alternative}. Or pass the items one by one, with Loop Over Items or Execute Sub-workflow.`,
	);

/** What differs between the operations Wait for Webhook of two resources. */
export interface WaitForWebhookDefinition {
	action: string;
	description: string;
	/** The field that selects what to wait for. */
	locator: INodeProperties;
	/** Further fields, before the options. */
	moreFields: INodeProperties[];
	/** What to do if the time limit is over. Follows "the workflow continues with the input item:". */
	afterTimeLimit: string;
}

/** Defines the operation Wait for Webhook of a resource. */
export function defineWaitForWebhook(
	target: WaitTarget,
	{ locator, moreFields, afterTimeLimit, ...texts }: WaitForWebhookDefinition,
): Operation {
	const [errorOption, returnItemOption] = target.ifFailedField.options ?? [];
	return defineOperation({
		name: 'Wait for Webhook',
		value: 'waitForWebhook',
		...texts,
		displayOptions: HIDDEN_IN_TOOLS,
		request: { method: 'GET', url: target.path },
		fields: [
			locator,
			{
				...target.ifFailedField,
				options: [
					{
						...errorOption,
						description:
							"Fail the item: it goes to the error output, or on with 'error' if there is none",
					} as typeof errorOption,
					returnItemOption,
				],
			},
			...moreFields,
			optionsField([
				signatureToleranceField,
				{
					...target.timeLimitField,
					description: `How long to wait for sync.so's call. After that, the workflow continues with the input item: ${afterTimeLimit}`,
				},
			]),
		],
		// n8n runs the custom operation instead, and hides this one in tools.
		handle: () => {
			throw new FailureError(createAgentFailure(target));
		},
	});
}
