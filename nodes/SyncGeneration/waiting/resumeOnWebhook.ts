import type {
	IDataObject,
	INodeExecutionData,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import type { Generation } from '../../shared/items/generationItem';
import { hasEnded, isGeneration } from '../../shared/items/generationItem';
import { errorItem } from '../../shared/transport/errors';
import { failureFromError } from '../../shared/transport/networkErrors';
import type { ApiResponse } from '../../shared/transport/sender';
import { Sender } from '../../shared/transport/sender';
import { findSignatureProblem, SIGNATURE_HEADER } from '../../shared/transport/signature';
import { getApiSecret, getCredentialSecret } from '../../shared/transport/webhookSecret';
import type { WaitSettings } from './waitSettings';
import { readWaitSettings, toFinalItem } from './waitSettings';

/** Few retries and a short timeout, because sync.so is waiting for the response. */
const WEBHOOK_SEND_SETTINGS = { maxRetries: 2, timeout: 20 };

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
 * Handles a call to the resume URL of an execution that waits for a generation. The execution resumes if the generation
 * has ended, and stays suspended otherwise. A call that can't be verified by its signature is checked with the API:
 * sync.so calls only once, and the generation is paid for.
 */
export async function resumeOnWebhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const reject = (status: number, message: string): IWebhookResponseData => {
		this.getResponseObject().status(status).json({ message });
		return { noWebhookResponse: true };
	};
	try {
		const errorFields: IDataObject = {};
		const settings = readWaitSettings((...args) => this.getNodeParameter(...args), errorFields);
		const payload: unknown = this.getBodyData();
		if (!isGeneration(payload) || payload.id !== settings.id) {
			return reject(401, 'This execution waits for another generation');
		}
		const sender = new Sender({ ...settings.sending, ...WEBHOOK_SEND_SETTINGS });
		const trustProblem = await findTrustProblem(this, sender, settings);
		const response = await requestCurrentState(this, sender, settings.id);
		const currentGeneration =
			response.ok && isGeneration(response.body) ? response.body : undefined;
		if (trustProblem !== undefined) {
			if (!currentGeneration)
				return reject(503, `${trustProblem}, and the Sync API is unreachable at the moment`);
			if (!hasEnded(currentGeneration)) return reject(401, trustProblem);
		}
		// The API returns more than the call contains.
		const generation =
			currentGeneration && hasEnded(currentGeneration) ? currentGeneration : payload;
		// Still running: the execution stays suspended.
		if (!hasEnded(generation)) return {};
		return { workflowData: [[toOutputOrErrorItem(generation, settings, errorFields)]] };
	} catch {
		// If this threw, n8n would end the node and continue without an item.
		return reject(500, "The webhook can't be verified");
	}
}

/** Why a call can't be trusted; undefined if it is signed with the credential's or the API's secret. */
async function findTrustProblem(
	context: IWebhookFunctions,
	sender: Sender,
	{ tolerance }: WaitSettings,
): Promise<string | undefined> {
	const header = context.getHeaderData()[SIGNATURE_HEADER];
	const { rawBody = Buffer.alloc(0) } = context.getRequestObject() as { rawBody?: Buffer };
	let trustProblem = 'There is no signing secret to verify the webhook';
	for (const findSecret of [getCredentialSecret, getApiSecret]) {
		const secret = await findSecret(context, sender);
		if (secret === undefined) continue;
		const signatureProblem = findSignatureProblem(rawBody, header, { secret, tolerance });
		if (signatureProblem === undefined) return undefined;
		trustProblem = signatureProblem;
	}
	return trustProblem;
}

async function requestCurrentState(
	context: IWebhookFunctions,
	sender: Sender,
	id: string,
): Promise<ApiResponse> {
	const url = `/v2/generate/${encodeURIComponent(id)}`;
	return await sender.send(context, { method: 'GET', url });
}

/** The output item, or an error item for a failure: n8n can't stop an execution that it resumes. */
function toOutputOrErrorItem(
	generation: Generation,
	settings: WaitSettings,
	errorFields: IDataObject,
): INodeExecutionData {
	try {
		return toFinalItem(generation, settings);
	} catch (error) {
		Object.assign(errorFields, { status: generation.status });
		return { ...errorItem(failureFromError(error), errorFields), pairedItem: { item: 0 } };
	}
}
