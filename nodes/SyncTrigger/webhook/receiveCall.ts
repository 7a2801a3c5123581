import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { findTrustProblem, getRawBody, respond } from '../../shared/transport/webhookCall';
import { parseCall, toEventItem } from './events';
import { ReceivedCalls } from './receivedCalls';
import { createSender, readTriggerSettings } from './settings';

/** Maximum size of a call. sync.so's own have a few kB. */
const MAX_BODY_BYTES = 1024 * 1024;

/** Starts the workflow with the generation or batch that sync.so reports as ended. */
export async function receiveCall(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		const rawBody = getRawBody(this);
		if (rawBody.length > MAX_BODY_BYTES) return respond(this, 413, 'The body is over 1 MiB');
		const settings = readTriggerSettings((...args) => this.getNodeParameter(...args));
		const { events, verifiesSignature, tolerance } = settings;
		if (verifiesSignature) {
			const problem = await findTrustProblem(this, createSender(), tolerance);
			if (problem !== undefined) return respond(this, 401, problem);
		}
		const call = parseCall(rawBody);
		if (!call) return respond(this, 400, 'The body is not a generation or a batch');
		if (call.event === undefined || !events.includes(call.event)) {
			return respond(this, 200, 'The workflow does not start for this event');
		}
		// A test is often repeated with the same call.
		const received = this.getMode() === 'manual' ? undefined : new ReceivedCalls(this, tolerance);
		if (received?.has(call)) {
			return respond(this, 200, 'The workflow has already been started by this call');
		}
		const workflowData = [[{ json: toEventItem(call) }]];
		received?.add(call);
		return { workflowData };
	} catch {
		// If this threw, n8n would start the workflow with an empty item.
		return respond(this, 500, "The call can't be processed");
	}
}
