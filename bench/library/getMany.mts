import { jsonSource, splitOut } from '../../n8n/workflow.mts';
import type { Comparison, Subject } from '../comparison.mts';
import { httpRequest, syncAsset } from '../nodes.mts';
import { COLUMNS, roundsOf, WARM_UP } from './lists.mts';

/** What the names of all seeded assets, and of no others, begin with. */
const SEARCH = 'take-';

/** The most that the API gives in one page. */
export const PAGE = 100;

const ours: Subject = {
	name: 'Sync Asset: Get Many',
	nodes: () => [
		syncAsset('getAll', { returnAll: true, filters: { searchQuery: SEARCH }, options: {} }),
	],
};

/** What a user would take instead. */
const requestAndSplit: Subject = {
	name: 'HTTP Request with Pagination + Split Out',
	nodes: (url) => [
		httpRequest('HTTP Request', {
			url: `${url}/v2/assets`,
			sendQuery: true,
			queryParameters: {
				parameters: [
					{ name: 'searchQuery', value: SEARCH },
					{ name: 'limit', value: String(PAGE) },
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
		splitOut('Assets', 'items'),
	],
};

export const subjects = [ours, requestAndSplit];

/** Listing all assets. */
export const getMany: Comparison = {
	name: 'getMany',
	title: 'Get Many: all assets that a search finds',
	notes: [
		`Return All is on. HTTP Request asks for pages of ${PAGE} as well, with its own Pagination option, and makes an item of each page; Split Out makes one of each asset. Both wait for one page before they can ask for the next.`,
	],
	baseline: requestAndSplit,
	subjects,
	warmUp: WARM_UP,
	source: async ({ items }, control) => {
		await control.seed(items);
		return jsonSource({});
	},
	columns: COLUMNS,
	rounds: roundsOf('All pages', subjects),
	goals: () => [],
};
