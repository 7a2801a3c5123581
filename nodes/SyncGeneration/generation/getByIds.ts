import type { INodeExecutionData } from 'n8n-workflow';
import { optionsField, outputFields, readSimplify } from '../../shared/fields/commonFields';
import { createIdListField, readIdList } from '../../shared/fields/idList';
import type { Generation } from '../../shared/items/generationItem';
import { isGeneration, toGenerationItem } from '../../shared/items/generationItem';
import type { Failure } from '../../shared/transport/errors';
import { errorItem, FailureError, unexpectedBodyFailure } from '../../shared/transport/errors';
import { checkId } from '../../shared/transport/ids';
import type { ItemContext } from '../../shared/transport/itemContext';
import { formatId } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { RESERVED_GENERATION_IDS } from '../fields';

/** The API's maximum page size. */
const MAX_IDS = 100;

/** Statuses after which the IDs of a combined request are requested one by one: one of them may be the reason. */
const RETRY_ONE_BY_ONE = [400, 404, 405, 422];

/** A generation, or why it can't be output. */
type Result = { generation: Generation } | { failure: Failure };

/** Gets a list of generations. Returns one item per ID, in the order of the list. Repeated IDs are kept. */
async function getGenerationsByIds(item: ItemContext): Promise<INodeExecutionData[]> {
	const simplify = readSimplify(item);
	const checkedIds = readIdList(item, 'generationIds', 'generation').map((id) => ({
		given: formatId(id),
		checked: checkId(id, 'generation', RESERVED_GENERATION_IDS),
	}));
	const ids = checkedIds.flatMap(({ checked }) => (checked.ok ? [checked.id] : []));
	const results = await lookUp(item, [...new Set(ids)]);
	return checkedIds.map(({ given, checked }) => {
		const generationId = checked.ok ? checked.id : given;
		const result = checked.ok ? (results.get(checked.id) as Result) : checked;
		if ('generation' in result) return { json: toGenerationItem(result.generation, simplify) };
		const { context } = item;
		if (!context.continueOnFail()) throw new FailureError(result.failure, { generationId });
		return errorItem(result.failure, { generationId }, context.getNode());
	});
}

/** Looks up IDs in combined requests, and those that are missing there one by one, for the API's own errors. */
async function lookUp(item: ItemContext, ids: string[]): Promise<Map<string, Result>> {
	const results = new Map<string, Result>();
	// A comma would split an ID in the list.
	const combinable = ids.length > 1 ? ids.filter((id) => !id.includes(',')) : [];
	for (let start = 0; start < combinable.length; start += MAX_IDS) {
		await lookUpTogether(item, combinable.slice(start, start + MAX_IDS), results);
	}
	const missing = ids.filter((id) => !results.has(id));
	await Promise.all(missing.map(async (id) => results.set(id, await lookUpOne(item, id))));
	return results;
}

async function lookUpTogether(
	item: ItemContext,
	ids: string[],
	results: Map<string, Result>,
): Promise<void> {
	const qs = { ids: ids.join(','), limit: ids.length };
	const response = await item.send({ url: '/v2/generations', qs });
	if (response.ok) {
		for (const generation of [response.body].flat().filter(isGeneration)) {
			if (ids.includes(generation.id)) results.set(generation.id, { generation });
		}
		return;
	}
	const { failure } = response;
	if (RETRY_ONE_BY_ONE.includes(failure.statusCode)) return;
	for (const id of ids) results.set(id, { failure });
}

async function lookUpOne(item: ItemContext, id: string): Promise<Result> {
	const response = await item.send({ url: `/v2/generate/${encodeURIComponent(id)}` });
	if (!response.ok) return { failure: response.failure };
	const { body } = response;
	if (isGeneration(body)) return { generation: body };
	return { failure: unexpectedBodyFailure('a generation', body) };
}

/** Generation → Get by IDs. */
export const getByIdsOperation = defineOperation({
	name: 'Get by IDs',
	value: 'getByIds',
	action: 'Get generations by ID',
	description: 'Get several generations by a list of IDs, with few requests',
	request: { method: 'GET', url: '/v2/generations' },
	fields: [createIdListField('Generation IDs', 'generationIds'), ...outputFields, optionsField()],
	handle: getGenerationsByIds,
});
