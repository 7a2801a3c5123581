import { jsonSource, splitOut } from '../../n8n/workflow.mts';
import { assetIdAt } from '../../sandbox/asset/fixtures.mts';
import type { Comparison, Subject } from '../comparison.mts';
import { number } from '../figures.mts';
import { byHttpRequest } from '../get/subjects.mts';
import { timeGoal } from '../goals.mts';
import { syncAsset } from '../nodes.mts';
import { COLUMNS, MANY, roundsOf, WARM_UP } from './lists.mts';

/** The most that Get by IDs may take of HTTP Request's time. */
const MOST = 0.06;

const ours: Subject = {
	name: 'Sync Asset: Get by IDs',
	nodes: () => [syncAsset('getByIds', { assetIds: '={{ $json.assetIds }}', options: {} })],
};

/** What a user would take instead: it needs an item for each ID. */
const splitAndRequest: Subject = {
	name: 'Split Out + HTTP Request',
	nodes: (url) => [
		splitOut('IDs', 'assetIds', { destinationFieldName: 'assetId' }),
		...byHttpRequest.nodes(url),
	],
};

const subjects = [ours, splitAndRequest];

/** Looking up a list of IDs that is in one item. */
export const getByIds: Comparison = {
	name: 'getByIds',
	title: 'Get by IDs: a list of IDs in one item',
	notes: [
		'One item has the list of the IDs, and as many items come out as there are IDs. HTTP Request needs an item for each, which Split Out makes; it sends a request for each of them.',
	],
	baseline: splitAndRequest,
	subjects,
	warmUp: WARM_UP,
	source: async ({ items }, control) => {
		await control.seed(items);
		return jsonSource({ assetIds: Array.from({ length: items }, (_, index) => assetIdAt(index)) });
	},
	columns: COLUMNS,
	rounds: roundsOf('All assets found', subjects),
	goals: (results) => {
		const result = results.find(({ round, subject }) => subject === ours && round.items === MANY);
		const what = `${ours.name}, ${number(MANY)} IDs`;
		return [timeGoal(what, MOST, result, results, splitAndRequest)];
	},
};
