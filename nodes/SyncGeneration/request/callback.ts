import { isLoopback, tidyBaseUrl } from '../../../credentials/SyncApi.credentials';
import type { Call } from '../../shared/transport/operation';
import { refusal, textOf } from '../../shared/fields/values';

/**
 * The address that sync.so is to call when the generation has ended: that of the field, or that at which n8n goes on
 * with this execution; undefined when there is none.
 *
 * @param field the value of the field for it
 * @throws FailureError when it can't be called
 */
export async function callbackAddress(call: Call, field: unknown): Promise<string | undefined> {
	const resumes = call.parameter('wait', 'no') === 'webhook';
	if (!resumes && field === undefined) return undefined;
	if (!resumes) return await reachable(call, textOf(field, 'Webhook URL'), fieldRefusal);
	if (field !== undefined) {
		throw refusal(
			'Resume by Webhook and Webhook URL can not be used together',
			'Take Webhook URL out: a generation has one address that sync.so calls',
		);
	}
	checkOneItem(call);
	return await reachable(call, resumeUrlOf(call), resumeRefusal);
}

/** The address at which n8n goes on with this execution, once it is suspended. */
const resumeUrlOf = ({ context }: Call): string =>
	String(context.evaluateExpression('{{ $execution.resumeUrl }}', context.getItemIndex()));

/** @throws FailureError when an execution would have to be resumed for each of several items */
function checkOneItem({ context }: Call): void {
	const count = context.getExecuteData().data.main?.[0]?.length ?? 1;
	if (count <= 1) return;
	throw refusal(
		`Resume by Webhook works for one item, and there are ${count}`,
		'Use Wait Until Finished, which takes any number of items, or put Loop Over Items with a batch size of 1 before this node',
	);
}

const fieldRefusal = () =>
	refusal(
		'The Webhook URL does not start with https://',
		'sync.so calls encrypted addresses only, e.g. https://n8n.example.com/webhook/finished',
	);

const resumeRefusal = (address: string) =>
	refusal(
		`sync.so can not reach this n8n at ${originOf(address)}`,
		'Set the environment variable WEBHOOK_URL of n8n to its public https address, or use Wait Until Finished',
	);

const originOf = (address: string): string =>
	URL.canParse(address) ? new URL(address).origin : 'its address';

/** @throws FailureError when it is neither encrypted nor on this machine, where the API then has to be too */
async function reachable(
	call: Call,
	address: string,
	refuse: (address: string) => Error,
): Promise<string> {
	const url = URL.canParse(address) ? new URL(address) : undefined;
	if (url?.protocol === 'https:') return url.href;
	const isHere = url?.protocol === 'http:' && isLoopback(url.hostname);
	if (isHere && (await isApiHere(call))) return url.href;
	throw refuse(address);
}

async function isApiHere({ context }: Call): Promise<boolean> {
	const { baseUrl } = await context.getCredentials('syncApi');
	return isLoopback(new URL(tidyBaseUrl(baseUrl)).hostname);
}
