import type { Generation } from '../../shared/items/generationItem';
import { generationIn } from '../../shared/items/generationItem';
import type { Call } from '../../shared/transport/itemContext';
import { bodyOf } from '../../shared/transport/itemContext';

/**
 * Requests the state of a generation.
 *
 * @returns the generation, and its age by the API's own clock in ms, if known
 * @throws FailureError if the API does not say
 */
export async function requestState(
	call: Call,
	id: string,
): Promise<{ generation: Generation; ageMs?: number }> {
	call.subject.generationId = id;
	const url = `/v2/generate/${encodeURIComponent(id)}`;
	const answer = await call.send({ method: 'GET', url, body: undefined });
	const generation = generationIn(bodyOf(answer));
	const createdAt = Date.parse(generation.createdAt);
	const date = answer.ok ? answer.date : undefined;
	const ageMs = date === undefined || Number.isNaN(createdAt) ? undefined : date - createdAt;
	return { generation, ageMs };
}
