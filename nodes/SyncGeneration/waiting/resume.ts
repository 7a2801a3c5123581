import type {
	IDataObject,
	INodeExecutionData,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { errorItem, failureOfError } from '../../shared/transport/errors';
import { Sender } from '../../shared/transport/send';
import { faultOfSignature, SIGNATURE_HEADER } from '../../shared/transport/signature';
import type { Awaited } from './awaited';
import { awaitedBy, endItem, secretOf } from './awaited';
import type { Generation } from '../../shared/items/generationItem';
import { isFinal, isGeneration } from '../../shared/items/generationItem';

/** The caller waits for our answer: two more tries, and no long ones. */
const WHILE_CALLED = { maxRetries: 2, timeout: 20 };

/**
 * The webhook at `{{ $execution.resumeUrl }}`, as it is. n8n's lint takes a node with webhooks written in its description
 * for a trigger, which has to register them with the service; there is nothing to register here, because the address
 * goes with each generation.
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
 * What happens when somebody calls the resume URL of an execution that waits for a generation: it goes on when the call
 * is sync.so's and about that generation, and stays suspended otherwise.
 */
export async function resume(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const refuse = (status: number, message: string): IWebhookResponseData => {
		this.getResponseObject().status(status).json({ message });
		return { noWebhookResponse: true };
	};
	try {
		const subject: IDataObject = {};
		const awaited = awaitedBy((...asked) => this.getNodeParameter(...asked), subject);
		const told: unknown = this.getBodyData();
		if (!isGeneration(told) || told.id !== awaited.id) {
			return refuse(401, 'This execution waits for another generation');
		}
		const sender = new Sender(this.getNode(), { ...awaited.sending, ...WHILE_CALLED });
		const secret = await secretOf(this, sender);
		if (!secret.ok) return refuse(503, 'The signature can’t be checked at the moment');
		const fault = faultOfSignature(rawBodyOf(this), this.getHeaderData()[SIGNATURE_HEADER], {
			secret: secret.secret,
			tolerance: awaited.tolerance,
		});
		if (fault !== undefined) return refuse(401, fault);
		const generation = await newestOf(this, sender, told);
		// News of a generation that goes on.
		if (!isFinal(generation)) return {};
		return { workflowData: [[itemFor(generation, awaited, subject)]] };
	} catch {
		// What is thrown here, n8n takes for the end of the node: it would go on without an item.
		return refuse(500, 'The call can’t be checked');
	}
}

const rawBodyOf = (context: IWebhookFunctions): Buffer =>
	(context.getRequestObject() as { rawBody?: Buffer }).rawBody ?? Buffer.alloc(0);

/** The state by the API, which tells more than the call; what the call told where that can't be had. */
async function newestOf(
	context: IWebhookFunctions,
	sender: Sender,
	told: Generation,
): Promise<Generation> {
	const url = `/v2/generate/${encodeURIComponent(told.id)}`;
	const answer = await sender.send(context, { method: 'GET', url });
	const isNewest = answer.ok && isGeneration(answer.body) && isFinal(answer.body);
	return isNewest ? (answer.body as Generation) : told;
}

/** What comes out; of one that failed, the error item, because n8n can't stop an execution that it resumes. */
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
