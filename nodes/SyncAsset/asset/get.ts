import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { assetLocator } from '../../shared/assetLocator';
import { endWithFailure } from '../../shared/errors';
import { checkId } from '../../shared/ids';
import { sendOptions } from '../../shared/options';
import { PerRun, Run } from '../../shared/run';
import { foundItem, missingItem } from './assetItem';
import { AssetLookup } from './lookup';

/** Routes beside `/v2/assets/{id}`, which an ID of that name would reach. */
export const ASSET_ROUTES = ['batch', 'count', 'upload', 'uploaded'];

const runs = new PerRun((context) => {
	const run = new Run(context);
	return { run, lookup: new AssetLookup(run.sender, run.combineLookups) };
});

/**
 * Sends what an item of Get asks for, in place of n8n's own sending: IDs are checked first, the items of a run share
 * requests, and every failure takes the one error shape. Reads as few parameters as it can: see {@link Run}.
 */
async function getAsset(
	this: IExecutePaginationFunctions,
	{ options }: DeclarativeRestApiSettings.ResultOptions,
): Promise<INodeExecutionData[]> {
	const { run, lookup } = runs.of(this);
	const assetId = run.parameter(this, 'assetId');
	const checked = checkId(assetId, 'asset', ASSET_ROUTES);
	if (!checked.ok) return [endWithFailure(this, checked.failure, { assetId: asText(assetId) })];

	const { id } = checked;
	const withFound = run.parameter(this, 'ifMissing', 'error') === 'returnItem';
	const itemOptions = { simplify: run.parameter(this, 'simplify', false) === true, withFound };
	const found = await lookup.find(this, options as IHttpRequestOptions, id, !withFound);

	const pairedItem = { item: this.getItemIndex() };
	if (found.kind === 'asset') return [{ json: foundItem(found.asset, itemOptions), pairedItem }];
	if (found.kind === 'missing' && withFound) {
		return [{ json: missingItem(id, itemOptions), pairedItem }];
	}
	return [endWithFailure(this, found.failure, { assetId: id })];
}

/** The ID as an error item shows it: as it was given, or as JSON where it is no text. */
function asText(value: unknown): string {
	return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** The entry in the Operation list. */
export const getOption: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	action: 'Get asset',
	description: 'Look up one asset by its ID: type, duration, size, format, dimensions, URL',
	routing: {
		request: { method: 'GET', url: '/v2/assets' },
		send: { paginate: true },
		operations: { pagination: getAsset },
	},
};

const properties: INodeProperties[] = [
	assetLocator,
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: false,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	{
		displayName: 'If Asset Is Missing',
		name: 'ifMissing',
		type: 'options',
		options: [
			{
				name: 'Error',
				value: 'error',
				description: 'The item fails: it takes the error output, or stops the workflow',
			},
			{
				name: 'Return Item',
				value: 'returnItem',
				description:
					'The item goes on with “found” false; items of assets that exist say “found” true',
			},
		],
		default: 'error',
		description: 'What to do with an ID that sync.so does not know',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Combine Lookups',
				name: 'combineLookups',
				type: 'boolean',
				default: true,
				description:
					'Whether items share requests of up to 100 IDs each. The output is the same, but faster and with far fewer requests.',
			},
			...sendOptions,
		],
	},
];

/** The fields of Get. */
export const getDescription = updateDisplayOptions(
	{ show: { resource: ['asset'], operation: ['get'] } },
	properties,
);
