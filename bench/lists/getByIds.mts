import { buildJsonSource, buildSplitOut } from '../../n8n/workflow.mts';
import { seededAssetId } from '../../sandbox/asset/fixtures.mts';
import type { Comparison, Contender } from '../comparison.mts';
import { formatNumber } from '../format.mts';
import { byHttpRequest } from '../get/contenders.mts';
import { createTimeGoal } from '../goals.mts';
import { buildSyncAsset } from '../nodes.mts';
import { COLUMNS, createScenarios, MANY, WARM_UP } from './common.mts';

/** The maximum time of Get by IDs as a multiple of HTTP Request's time. */
const MAX_TIME_RATIO = 0.06;

const ours: Contender = {
	name: 'Sync Asset: Get by IDs',
	nodes: () => [buildSyncAsset('getByIds', { assetIds: '={{ $json.assetIds }}', options: {} })],
};

/** The alternative for a user, which needs one item per ID. */
const splitAndRequest: Contender = {
	name: 'Split Out + HTTP Request',
	nodes: (url) => [
		buildSplitOut('IDs', 'assetIds', { destinationFieldName: 'assetId' }),
		...byHttpRequest.nodes(url),
	],
};

const contenders = [ours, splitAndRequest];

/** Gets the assets for a list of IDs in one item. */
export const getByIds: Comparison = {
	name: 'getByIds',
	title: 'Get by IDs: a list of IDs in one item',
	notes: [
		'One item contains the list of IDs. The node outputs one item for each ID. HTTP Request needs Split Out to create one item per ID, and sends one request for each.',
	],
	baseline: splitAndRequest,
	contenders,
	warmUp: WARM_UP,
	source: async ({ items }, control) => {
		await control.seedAssets(items);
		return buildJsonSource({
			assetIds: Array.from({ length: items }, (_, index) => seededAssetId(index)),
		});
	},
	columns: COLUMNS,
	scenarios: createScenarios('All assets found', contenders),
	goals: (results) => {
		const result = results.find(
			({ scenario, contender }) => contender === ours && scenario.items === MANY,
		);
		const subject = `${ours.name}, ${formatNumber(MANY)} IDs`;
		return [createTimeGoal(subject, MAX_TIME_RATIO, result, results, splitAndRequest)];
	},
};
