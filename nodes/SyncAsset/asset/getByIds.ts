import type { INodeExecutionData } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';
import { optionsField, simplifyField } from '../../shared/fields/commonFields';
import type { AssetItemOptions } from '../../shared/items/assetItem';
import type { Failure } from '../../shared/transport/errors';
import { errorItem, FailureError, inputError } from '../../shared/transport/errors';
import { checkId } from '../../shared/transport/ids';
import type { ItemContext } from '../../shared/transport/itemContext';
import { formatId } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { ifMissingField, readItemOptions, RESERVED_ASSET_IDS } from './fields';
import { lookUp } from './lookup';

/** Looks up a list of assets. Returns one item per ID, in the order of the list. Repeated IDs are kept. */
async function getAssetsByIds(item: ItemContext): Promise<INodeExecutionData[]> {
	const ids = parseIds(item.parameter('assetIds'));
	if (ids.length === 0) {
		throw inputError(
			'There are no asset IDs',
			'Enter IDs, one per line, or an expression that returns a list',
		);
	}
	const itemOptions = readItemOptions(item);
	return await Promise.all(ids.map(async (id) => await getAsset(item, id, itemOptions)));
}

/** Looks up one ID of the list. Fails only its own output item if the node continues on error. */
async function getAsset(
	item: ItemContext,
	assetId: unknown,
	itemOptions: AssetItemOptions,
): Promise<INodeExecutionData> {
	const fail = (failure: Failure, id: string): INodeExecutionData => {
		const { context } = item;
		if (context.continueOnFail()) return errorItem(failure, { assetId: id }, context.getNode());
		throw new FailureError(failure, { assetId: id });
	};
	const checked = checkId(assetId, 'asset', RESERVED_ASSET_IDS, 'Asset IDs');
	if (!checked.ok) return fail(checked.failure, formatId(assetId));
	const result = await lookUp(item, checked.id, itemOptions);
	return 'failure' in result ? fail(result.failure, checked.id) : result;
}

/** Accepts a list, a JSON list as text, IDs separated by commas, semicolons or whitespace, or a single value. */
function parseIds(value: unknown): unknown[] {
	if (Array.isArray(value)) return value as unknown[];
	if (typeof value !== 'string') return value === null || value === undefined ? [] : [value];
	const text = value.trim();
	return text.startsWith('[') ? parseJsonList(text) : text.split(/[\s,;]+/).filter(Boolean);
}

/** @throws FailureError if the text is not a JSON list */
function parseJsonList(text: string): unknown[] {
	const list = jsonParse<unknown>(text, { fallbackValue: null });
	if (Array.isArray(list)) return list as unknown[];
	throw inputError(
		'The asset IDs are not a valid JSON list',
		'Close the list with ], or remove the brackets',
	);
}

/** Asset → Get by IDs. */
export const getByIdsOperation = defineOperation({
	name: 'Get by IDs',
	value: 'getByIds',
	action: 'Get assets by ID',
	description: 'Get several assets by a list of IDs',
	request: { method: 'GET', url: '/v2/assets' },
	fields: [
		{
			displayName: 'Asset IDs',
			name: 'assetIds',
			type: 'string',
			typeOptions: { rows: 3 },
			required: true,
			default: '',
			placeholder: 'e.g. 550e8400-e29b-41d4-a716-446655440000, …',
			description:
				'The IDs, separated by commas or line breaks, or an expression that returns a list. To look up one ID per item, use Get.',
		},
		simplifyField,
		ifMissingField,
		optionsField(),
	],
	handle: getAssetsByIds,
});
