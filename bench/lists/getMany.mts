import { buildJsonSource, buildSplitOut } from '../../n8n/workflow.mts';
import type { Comparison, Contender } from '../comparison.mts';
import { buildHttpRequest, buildSyncAsset } from '../nodes.mts';
import { COLUMNS, createScenarios, WARM_UP } from './common.mts';

/** The start of the names of all seeded assets, and of no others. */
const SEARCH = 'take-';

/** The maximum page size of the API. */
export const PAGE_SIZE = 100;

const ours: Contender = {
	name: 'Sync Asset: Get Many',
	nodes: () => [
		buildSyncAsset('getAll', { returnAll: true, filters: { searchQuery: SEARCH }, options: {} }),
	],
};

/** The alternative for a user. */
const requestAndSplit: Contender = {
	name: 'HTTP Request with Pagination + Split Out',
	nodes: (url) => [
		buildHttpRequest('HTTP Request', {
			url: `${url}/v2/assets`,
			sendQuery: true,
			queryParameters: {
				parameters: [
					{ name: 'searchQuery', value: SEARCH },
					{ name: 'limit', value: String(PAGE_SIZE) },
				],
			},
			options: {
				pagination: {
					pagination: {
						paginationMode: 'updateAParameterInEachRequest',
						parameters: {
							parameters: [
								{ type: 'qs', name: 'cursor', value: '={{ $response.body.nextCursor }}' },
							],
						},
						paginationCompleteWhen: 'other',
						completeExpression: '={{ !$response.body.nextCursor }}',
					},
				},
			},
		}),
		buildSplitOut('Assets', 'items'),
	],
};

/** Get Many, and the alternative for a user. */
export const contenders = [ours, requestAndSplit];

/** Lists assets. */
export const getMany: Comparison = {
	name: 'getMany',
	title: 'Get Many: all assets that a search finds',
	notes: [
		`Return All is on. HTTP Request uses its Pagination option with the same page size, ${PAGE_SIZE}, and outputs one item per page. Split Out then creates one item per asset. Both have to wait for each page before they can request the next one.`,
	],
	baseline: requestAndSplit,
	contenders,
	warmUp: WARM_UP,
	source: async ({ items }, control) => {
		await control.seedAssets(items);
		return buildJsonSource({});
	},
	columns: COLUMNS,
	scenarios: createScenarios('All pages', contenders),
	goals: () => [],
};
