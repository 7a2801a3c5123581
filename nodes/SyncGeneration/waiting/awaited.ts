import type {
	IAllExecuteFunctions,
	IDataObject,
	INodeExecutionData,
	NodeParameterValueType,
} from 'n8n-workflow';
import { FailureError, failureOfInput } from '../../shared/transport/errors';
import { checkId } from '../../shared/transport/ids';
import { asText } from '../../shared/transport/operation';
import { pickedValue, sendSettingsOf } from '../../shared/transport/run';
import type { FailedAnswer, Sender, SendSettings } from '../../shared/transport/send';
import { GENERATION_ROUTES, timeLimitIn } from '../fields';
import type { Generation } from '../../shared/items/generationItem';
import { failureOfGeneration, generationItem } from '../../shared/items/generationItem';

/** How old a call may be when nothing else is set, in seconds. */
export const USUAL_TOLERANCE = 300;

/** What a suspended execution waits for, and what is to come of it. */
export interface Awaited {
	id: string;
	simplify: boolean;
	/** Whether a generation without a video goes on as an item, and is no error. */
	mayFail: boolean;
	/** How long at most. */
	minutes: number;
	/** How old a call may be, in seconds; 0: any age. */
	tolerance: number;
	sending: SendSettings;
}

/**
 * What the fields of Wait for Webhook say.
 *
 * @param parameter reads one of them
 * @param subject what was asked for, as an error item names it; the ID is noted there
 * @throws FailureError when there is no ID
 */
export function awaitedBy(
	parameter: (name: string, otherwise?: NodeParameterValueType) => unknown,
	subject: IDataObject,
): Awaited {
	const picked = pickedValue(parameter('generationId'));
	subject.generationId = asText(picked);
	const checked = checkId(picked, 'generation', GENERATION_ROUTES);
	if (!checked.ok) throw new FailureError(checked.failure);
	const { id } = checked;
	subject.generationId = id;
	const options = parameter('options', {}) as IDataObject;
	const { signatureTolerance: tolerance } = options;
	return {
		id,
		simplify: parameter('simplify', false) === true,
		mayFail: parameter('ifFailed', 'error') === 'returnItem',
		minutes: timeLimitIn(options),
		tolerance: typeof tolerance === 'number' && tolerance >= 0 ? tolerance : USUAL_TOLERANCE,
		sending: sendSettingsOf(options),
	};
}

/** What comes out for a generation that has ended. @throws FailureError when it has no video, and that is an error */
export function endItem(
	generation: Generation,
	{ mayFail, simplify }: Awaited,
): INodeExecutionData {
	if (generation.status !== 'COMPLETED' && !mayFail) {
		throw new FailureError(failureOfGeneration(generation));
	}
	return { json: generationItem(generation, simplify), pairedItem: { item: 0 } };
}

/** The secret by which sync.so signs: that of the credential, else the one that the API tells. */
export async function secretOf(
	context: IAllExecuteFunctions,
	sender: Sender,
): Promise<{ ok: true; secret: string } | FailedAnswer> {
	const { webhookSecret } = await context.getCredentials('syncApi');
	const own = String(webhookSecret ?? '').trim();
	if (own) return { ok: true, secret: own };
	const url = '/v2/organizations/webhook/secret';
	const answer = await sender.send(context, { method: 'GET', url });
	const { secret } = ((answer.ok && answer.body) || {}) as { secret?: unknown };
	if (typeof secret === 'string' && secret !== '') return { ok: true, secret };
	const reason = answer.ok ? 'the account has none' : answer.failure.message;
	const failure = failureOfInput(
		`There is no Webhook Signing Secret to check calls with: ${reason}`,
		'Copy it from https://sync.so/settings/webhooks into the Sync API credential, or use Get with Wait Until Finished',
	);
	return { ok: false, failure, fromApi: false };
}
