import type { Generation } from '../../shared/items/generationItem';
import { parseGeneration } from '../../shared/items/generationItem';
import type { ItemContext } from '../../shared/transport/itemContext';
import { requireBody } from '../../shared/transport/itemContext';

/**
 * Requests the state of a generation.
 *
 * @returns the generation, and its age in ms by the API's own clock, if known
 * @throws FailureError if the request fails
 */
export async function requestGeneration(
	item: ItemContext,
	id: string,
): Promise<{ generation: Generation; ageMs?: number }> {
	item.errorFields.generationId = id;
	const url = `/v2/generate/${encodeURIComponent(id)}`;
	const response = await item.send({ method: 'GET', url, body: undefined });
	const generation = parseGeneration(requireBody(response));
	const createdAt = Date.parse(generation.createdAt);
	const date = response.ok ? response.date : undefined;
	const ageMs = date === undefined || Number.isNaN(createdAt) ? undefined : date - createdAt;
	return { generation, ageMs };
}
