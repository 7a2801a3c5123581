import { FailureError } from '../../shared/transport/errors';
import type { Answer } from '../../shared/transport/send';
import type { Job } from './idempotency';
import { refusal } from '../../shared/fields/values';

/** What ends an item that may have been paid for already. @param thing what may have been made, e.g. `batch` */
const maybeMade = (thing: string): FailureError =>
	refusal(
		`The ${thing} may have been made by an earlier try, so it is not made again`,
		`Look for the ${thing} at sync.so; run the workflow anew if it is not there`,
	);

/**
 * Sends a request that has no key to tell a second try by, and costs money: once, also when n8n tries the node again
 * (Retry On Fail) after a try of which it is not known what became.
 *
 * @param thing what it makes
 * @throws FailureError when it may have been made already
 */
export async function sendOnce(
	job: Job,
	thing: string,
	send: () => Promise<Answer>,
): Promise<Answer> {
	if (job.unsure) throw maybeMade(thing);
	const answer = await send();
	job.unsure = answer.ok || answer.unsure === true;
	return answer;
}
