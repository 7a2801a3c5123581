import type {
	IDataObject,
	INodeExecutionData,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { errorItem } from '../../shared/transport/errors';
import { failureFromError } from '../../shared/transport/networkErrors';
import type { ApiResponse } from '../../shared/transport/sender';
import { Sender } from '../../shared/transport/sender';
import {
	findTrustProblem,
	respond,
	WEBHOOK_SEND_SETTINGS,
} from '../../shared/transport/webhookCall';
import type { WaitSettings } from './waitSettings';
import { readWaitSettings, toFinalItem } from './waitSettings';
import type { WaitState, WaitTarget } from './waitTargets';
import { WAIT_TARGETS } from './waitTargets';

/**
 * The webhook at `{{ $execution.resumeUrl }}`. It isn't inlined in the node's description, because n8n's linter would
 * mistake the node for a trigger, which has to register its webhooks with the service. Here, each request for a
 * generation contains the URL.
 */
export const RESUME_WEBHOOKS: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		responseMode: 'onReceived',
		responseData: 'noData',
		path: '',
		isFullPath: true,
		restartWebhook: true,
	},
];

/**
 * Handles a call to the resume URL of an execution that waits for a generation or a batch. The execution resumes if that
 * has ended, and stays suspended otherwise. A call that can't be verified by its signature is checked with the API:
 * sync.so calls only once, and the result is paid for.
 */
export async function resumeOnWebhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		const errorFields: IDataObject = {};
		const target = WAIT_TARGETS[this.getNodeParameter('resource') as WaitTarget['name']];
		const settings = readWaitSettings(
			target,
			(...args) => this.getNodeParameter(...args),
			errorFields,
		);
		const payload: unknown = this.getBodyData();
		if (!target.matches(payload) || payload.id !== settings.id) {
			return respond(this, 401, `This execution waits for another ${target.name}`);
		}
		const sender = new Sender({ ...settings.sending, ...WEBHOOK_SEND_SETTINGS });
		const trustProblem = await findTrustProblem(this, sender, settings.tolerance);
		const response = await requestCurrentState(this, sender, target, settings.id);
		const current = response.ok && target.matches(response.body) ? response.body : undefined;
		if (trustProblem !== undefined) {
			if (!current)
				return respond(this, 503, `${trustProblem}, and the Sync API is unreachable at the moment`);
			if (!target.hasEnded(current)) return respond(this, 401, trustProblem);
		}
		// The API returns more than the call contains.
		const state = current && target.hasEnded(current) ? current : payload;
		// Still running: the execution stays suspended.
		if (!target.hasEnded(state)) return {};
		return { workflowData: [[toOutputOrErrorItem(target, state, settings, errorFields)]] };
	} catch {
		// If this threw, n8n would end the node and continue without an item.
		return respond(this, 500, "The webhook can't be verified");
	}
}

async function requestCurrentState(
	context: IWebhookFunctions,
	sender: Sender,
	{ path }: WaitTarget,
	id: string,
): Promise<ApiResponse> {
	const url = `${path}/${encodeURIComponent(id)}`;
	return await sender.send(context, { method: 'GET', url });
}

/** The output item, or an error item for a failure: n8n can't stop an execution that it resumes. */
function toOutputOrErrorItem(
	target: WaitTarget,
	state: WaitState,
	settings: WaitSettings,
	errorFields: IDataObject,
): INodeExecutionData {
	try {
		return toFinalItem(target, state, settings);
	} catch (error) {
		Object.assign(errorFields, { status: state.status });
		return { ...errorItem(failureFromError(error), errorFields), pairedItem: { item: 0 } };
	}
}
