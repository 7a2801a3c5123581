import type {
	IDataObject,
	INodeExecutionData,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import type { Generation } from '../../shared/items/generationItem';
import { isFinal, isGeneration } from '../../shared/items/generationItem';
import { errorItem } from '../../shared/transport/errors';
import { failureFromError } from '../../shared/transport/networkErrors';
import type { ApiResponse } from '../../shared/transport/sender';
import { Sender } from '../../shared/transport/sender';
import { findSignatureProblem, SIGNATURE_HEADER } from '../../shared/transport/signature';
import { getApiSecret, getCredentialSecret } from '../../shared/transport/webhookSecret';
import type { WaitSettings } from './waitSettings';
import { readWaitSettings, toEndItem } from './waitSettings';

/** sync.so waits for our answer: two retries, and no long timeout. */
const DURING_WEBHOOK = { maxRetries: 2, timeout: 20 };

/**
 * The webhook at `{{ $execution.resumeUrl }}`, as it is. n8n's lint takes a node with webhooks in its description for a
 * trigger, which has to register them with the service; there is nothing to register here, because the URL is sent with
 * each generation.
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
 * Handles a call of the resume URL of an execution that waits for a generation: it resumes if the generation has ended,
 * and stays suspended otherwise. If the signature does not prove the call, the API decides: sync.so calls only once, and
 * the generation is paid for.
 */
export async function resumeOnWebhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const refuse = (status: number, message: string): IWebhookResponseData => {
		this.getResponseObject().status(status).json({ message });
		return { noWebhookResponse: true };
	};
	try {
		const errorFields: IDataObject = {};
		const awaited = readWaitSettings((...asked) => this.getNodeParameter(...asked), errorFields);
		const payload: unknown = this.getBodyData();
		if (!isGeneration(payload) || payload.id !== awaited.id) {
			return refuse(401, 'This execution waits for another generation');
		}
		const sender = new Sender({ ...awaited.sending, ...DURING_WEBHOOK });
		const problem = await findProblem(this, sender, awaited);
		const response = await requestGeneration(this, sender, awaited.id);
		const state = response.ok && isGeneration(response.body) ? response.body : undefined;
		if (problem !== undefined) {
			if (!state) return refuse(503, `${problem}, and the Sync API can't be asked at the moment`);
			if (!isFinal(state)) return refuse(401, problem);
		}
		// The API tells more than the call, if it can be asked.
		const generation = state && isFinal(state) ? state : payload;
		// News about a generation that is still running.
		if (!isFinal(generation)) return {};
		return { workflowData: [[toOutput(generation, awaited, errorFields)]] };
	} catch {
		// n8n takes what is thrown here for the end of the node, and would continue without an item.
		return refuse(500, "The call can't be checked");
	}
}

/** Why a call can't be trusted; undefined if it is signed with the credential's secret, or with the API's own. */
async function findProblem(
	context: IWebhookFunctions,
	sender: Sender,
	{ tolerance }: WaitSettings,
): Promise<string | undefined> {
	const header = context.getHeaderData()[SIGNATURE_HEADER];
	const { rawBody = Buffer.alloc(0) } = context.getRequestObject() as { rawBody?: Buffer };
	let problem = 'There is no secret to check the signature with';
	for (const find of [getCredentialSecret, getApiSecret]) {
		const secret = await find(context, sender);
		if (secret === undefined) continue;
		const found = findSignatureProblem(rawBody, header, { secret, tolerance });
		if (found === undefined) return undefined;
		problem = found;
	}
	return problem;
}

async function requestGeneration(
	context: IWebhookFunctions,
	sender: Sender,
	id: string,
): Promise<ApiResponse> {
	const url = `/v2/generate/${encodeURIComponent(id)}`;
	return await sender.send(context, { method: 'GET', url });
}

/** The output; for one that failed, the error item, because n8n can't stop an execution that it resumes. */
function toOutput(
	generation: Generation,
	awaited: WaitSettings,
	errorFields: IDataObject,
): INodeExecutionData {
	try {
		return toEndItem(generation, awaited);
	} catch (error) {
		Object.assign(errorFields, { status: generation.status });
		return { ...errorItem(failureFromError(error), errorFields), pairedItem: { item: 0 } };
	}
}
