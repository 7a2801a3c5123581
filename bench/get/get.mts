import { buildItemSource } from '../../n8n/workflow.mts';
import { DEFAULT_SEND_SETTINGS } from '../../nodes/shared/transport/sender.ts';
import { seededAssetId } from '../../sandbox/asset/fixtures.mts';
import {
	FAILED_ITEMS,
	ITEMS,
	NODE,
	PEAK_IN_FLIGHT,
	PEAK_MEMORY,
	RANGE,
	RATIO,
	REFUSED,
	REQUESTS,
	TIME,
	WORKFLOW,
} from '../columns.mts';
import type {
	Comparison,
	Contender,
	RateLimit,
	Scenario,
	ScenarioOptions,
	Workload,
} from '../comparison.mts';
import { formatNumber } from '../format.mts';
import { LATENCY_MS } from '../testbed.mts';
import {
	byHttpRequest,
	combined,
	editFields,
	noOp,
	returnItem,
	single,
	single50AtOnce,
} from './contenders.mts';
import { createGoals, MANY } from './goals.mts';

/** The rate limit of the real API. */
const REQUESTS_PER_MINUTE = 600;

/** The default maximum of concurrent requests of Get. */
const MAX_CONCURRENT = DEFAULT_SEND_SETTINGS.maxConcurrent;

/** With more items and one request per item, the rate limit alone would take many minutes. */
const MAX_SINGLE_ITEMS = 1000;

const contenders = [combined, returnItem, single, single50AtOnce, byHttpRequest, editFields, noOp];

/** Whether the contender sends no requests, so that the API doesn't matter. */
const sendsNothing = (contender: Contender) => contender === editFields || contender === noOp;

function createScenario(
	rateLimit: RateLimit,
	items: number,
	missing: number,
	repetitions: number,
): Scenario {
	const isLimited = rateLimit === 'limited';
	const isPlain = !isLimited && missing === 0;
	/** Whether measuring it would take very long, or only repeat another row. */
	const isSkipped = (contender: Contender) =>
		(contender === single && isLimited && items > MAX_SINGLE_ITEMS) ||
		(contender === single50AtOnce && isLimited) ||
		(contender === returnItem && missing === 0) ||
		(sendsNothing(contender) && !isPlain);
	return {
		title: [
			isLimited ? `At most ${REQUESTS_PER_MINUTE} requests a minute` : 'No limit',
			missing > 0 ? '10 % of the assets missing' : 'all assets found',
		].join(', '),
		items,
		missing,
		fileSize: 0,
		requestsPerMinute: isLimited ? REQUESTS_PER_MINUTE : null,
		freshN8n: items >= MANY,
		repetitions: isLimited ? 1 : repetitions,
		contenders: contenders.filter((contender) => !isSkipped(contender)),
	};
}

function scenarios({ itemCounts, repetitions, rateLimits }: ScenarioOptions): Scenario[] {
	return itemCounts.flatMap((items) =>
		rateLimits.flatMap((rateLimit) => {
			const tenth = Math.floor(items / 10);
			const missingCounts = tenth > 0 ? [0, tenth] : [0];
			return missingCounts.map((missing) => createScenario(rateLimit, items, missing, repetitions));
		}),
	);
}

/** Lists the IDs of existing assets, with those of missing assets spread evenly among them. */
function listIds({ items, missing }: Workload): string[] {
	const isMissing = (index: number) =>
		Math.floor(((index + 1) * missing) / items) > Math.floor((index * missing) / items);
	return Array.from({ length: items }, (_, index) =>
		seededAssetId(isMissing(index) ? items + index : index),
	);
}

/** Gets one asset for each item. */
export const get: Comparison = {
	name: 'get',
	title: 'Get: one asset for each item',
	notes: [
		`Every item contains the ID of a different asset in a field, which the parameter of the node refers to. The nodes that send requests use the same credential, and _On Error_ is set to _Continue (using error output)_. The API has a latency of ${LATENCY_MS} ms.`,
		'Edit Fields and NoOp send no requests. They show how long n8n itself takes for the items, and are only in the first table. The tables with missing assets have no row for one item.',
		`By default, Get sends at most ${MAX_CONCURRENT} concurrent requests. With one request per item, ${formatNumber(MANY)} items then take at least ${(MANY / MAX_CONCURRENT) * (LATENCY_MS / 1000)} s because of the latency alone. HTTP Request has no limit. Therefore Get is also measured with 50 concurrent requests, where the time depends on the nodes.`,
		`Before every run with ${formatNumber(MANY)} items, n8n is restarted and warmed up, so that earlier runs don't affect time and memory. In the other rows, n8n still holds memory from earlier runs.`,
		`With a rate limit, Get with _Combine Lookups_ off is not measured with more than ${formatNumber(MAX_SINGLE_ITEMS)} items: 10,000 requests at ${REQUESTS_PER_MINUTE} per minute would take at least 16 minutes. HTTP Request doesn't retry, so most of its requests fail quickly: compare its time together with its failed items.`,
	],
	baseline: byHttpRequest,
	contenders,
	warmUp: { items: 100, missing: 0, fileSize: 0, requestsPerMinute: null },
	source: async (workload, control) => {
		await control.seedAssets(workload.items);
		return buildItemSource(listIds(workload).map((assetId) => ({ assetId })));
	},
	columns: [
		ITEMS,
		NODE,
		TIME,
		RANGE,
		RATIO,
		WORKFLOW,
		REQUESTS,
		REFUSED,
		PEAK_IN_FLIGHT,
		FAILED_ITEMS,
		PEAK_MEMORY,
	],
	scenarios,
	goals: createGoals,
};
