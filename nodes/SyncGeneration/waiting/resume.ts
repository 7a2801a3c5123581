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
import { failureOfError } from '../../shared/transport/networkErrors';
import type { Answer } from '../../shared/transport/sender';
import { Sender } from '../../shared/transport/sender';
import { SIGNATURE_HEADER, signatureProblem } from '../../shared/transport/signature';
import { apiSecret, credentialSecret } from '../../shared/transport/webhookSecret';
import type { Awaited } from './awaited';
import { endItem, readAwaited } from './awaited';

/** sync.so waits for our answer: two retries, and no long timeout. */
const WHILE_CALLED = { maxRetries: 2, timeout: 20 };

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
export async function resume(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const refuse = (status: number, message: string): IWebhookResponseData => {
		this.getResponseObject().status(status).json({ message });
		return { noWebhookResponse: true };
	};
	try {
		const subject: IDataObject = {};
		const awaited = readAwaited((...asked) => this.getNodeParameter(...asked), subject);
		const payload: unknown = this.getBodyData();
		if (!isGeneration(payload) || payload.id !== awaited.id) {
			return refuse(401, 'This execution waits for another generation');
		}
		const sender = new Sender({ ...awaited.sending, ...WHILE_CALLED });
		const problem = await problemOfCall(this, sender, awaited);
		const answer = await requestState(this, sender, awaited.id);
		const state = answer.ok && isGeneration(answer.body) ? answer.body : undefined;
		if (problem !== undefined) {
			if (!state) return refuse(503, `${problem}, and the Sync API can't be asked at the moment`);
			if (!isFinal(state)) return refuse(401, problem);
		}
		// The API tells more than the call, if it can be asked.
		const generation = state && isFinal(state) ? state : payload;
		// News about a generation that is still running.
		if (!isFinal(generation)) return {};
		return { workflowData: [[itemFor(generation, awaited, subject)]] };
	} catch {
		// n8n takes what is thrown here for the end of the node, and would continue without an item.
		return refuse(500, "The call can't be checked");
	}
}

/** Why a call can't be trusted; undefined if it is signed with the credential's secret, or with the API's own. */
async function problemOfCall(
	context: IWebhookFunctions,
	sender: Sender,
	{ tolerance }: Awaited,
): Promise<string | undefined> {
	const header = context.getHeaderData()[SIGNATURE_HEADER];
	const { rawBody = Buffer.alloc(0) } = context.getRequestObject() as { rawBody?: Buffer };
	let problem = 'There is no secret to check the signature with';
	for (const find of [credentialSecret, apiSecret]) {
		const secret = await find(context, sender);
		if (secret === undefined) continue;
		const found = signatureProblem(rawBody, header, { secret, tolerance });
		if (found === undefined) return undefined;
		problem = found;
	}
	return problem;
}

async function requestState(
	context: IWebhookFunctions,
	sender: Sender,
	id: string,
): Promise<Answer> {
	const url = `/v2/generate/${encodeURIComponent(id)}`;
	return await sender.send(context, { method: 'GET', url });
}

/** The output; for one that failed, the error item, because n8n can't stop an execution that it resumes. */
function itemFor(
	generation: Generation,
	awaited: Awaited,
	subject: IDataObject,
): INodeExecutionData {
	try {
		return endItem(generation, awaited);
	} catch (error) {
		Object.assign(subject, { status: generation.status });
		return { ...errorItem(failureOfError(error), subject), pairedItem: { item: 0 } };
	}
}
