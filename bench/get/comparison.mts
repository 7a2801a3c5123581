import { itemSource } from '../../n8n/workflow.mts';
import { DEFAULT_SEND_SETTINGS } from '../../nodes/shared/transport/sender.ts';
import { assetIdAt } from '../../sandbox/asset/fixtures.mts';
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
import type { Choice, Comparison, Input, Rate, Round, Subject } from '../comparison.mts';
import { number } from '../figures.mts';
import { LATENCY_MS } from '../lab.mts';
import { goals, MANY } from './goals.mts';
import {
	byHttpRequest,
	combined,
	editFields,
	noOp,
	returnItem,
	single,
	singleWide,
} from './subjects.mts';

/** The limit of the real API. */
const REQUESTS_PER_MINUTE = 600;

/** How many requests Get has in flight by default. */
const CAP = DEFAULT_SEND_SETTINGS.maxConcurrent;

/** With more items than this, and one request for each, the limit alone would take many minutes. */
const MOST_ITEMS_SINGLY = 1000;

const subjects = [combined, returnItem, single, singleWide, byHttpRequest, editFields, noOp];

/** Whether it sends nothing, whatever the API is like. */
const isFloor = (subject: Subject) => subject === editFields || subject === noOp;

function round(rate: Rate, items: number, missing: number, repeat: number): Round {
	const isLimited = rate === 'limited';
	const isPlain = !isLimited && missing === 0;
	/** Whether it would take very long, or would say nothing that another row does not say. */
	const isLeftOut = (subject: Subject) =>
		(subject === single && isLimited && items > MOST_ITEMS_SINGLY) ||
		(subject === singleWide && isLimited) ||
		(subject === returnItem && missing === 0) ||
		(isFloor(subject) && !isPlain);
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
		repeat: isLimited ? 1 : repeat,
		subjects: subjects.filter((subject) => !isLeftOut(subject)),
	};
}

function rounds({ counts, repeat, rates }: Choice): Round[] {
	return counts.flatMap((items) =>
		rates.flatMap((rate) => {
			const tenth = Math.floor(items / 10);
			const shares = tenth > 0 ? [0, tenth] : [0];
			return shares.map((missing) => round(rate, items, missing, repeat));
		}),
	);
}

/** The IDs of seeded assets, and, spread evenly among them, of assets that are not there. */
function idsOf({ items, missing }: Input): string[] {
	const isMissing = (index: number) =>
		Math.floor(((index + 1) * missing) / items) > Math.floor((index * missing) / items);
	return Array.from({ length: items }, (_, index) =>
		assetIdAt(isMissing(index) ? items + index : index),
	);
}

/** Looking up one asset for each item. */
export const get: Comparison = {
	name: 'get',
	title: 'Get: one asset for each item',
	notes: [
		`Every item has the ID of another asset in a field, and the parameter of the node points at that field. The nodes that send requests use the same credential, and have On Error on _Continue (using error output)_. The API waits ${LATENCY_MS} ms before each answer.`,
		"Edit Fields and NoOp send nothing: they show what n8n itself needs for so many items, and are in the first table only. One item can't be missing by a tenth.",
		`By default, Get has at most ${CAP} requests in flight: with one request an item, ${number(MANY)} items then take at least ${(MANY / CAP) * (LATENCY_MS / 1000)} s, whatever the node itself needs. HTTP Request has no cap, so the goal for one request an item is looked at with 50 at once too, where the time is that of the nodes.`,
		`For every run with ${number(MANY)} items n8n is started anew and warmed up, so that the node pays with time and memory for nothing but itself; in the other rows n8n still holds memory that earlier runs needed.`,
		`Under the limit, Get with Combine Lookups off is not run with more than ${number(MOST_ITEMS_SINGLY)} items: by arithmetic, 10,000 requests at ${REQUESTS_PER_MINUTE} a minute take 16 minutes. HTTP Request does not wait and try again, so its time under the limit is mostly that of failing: read it together with its failed items.`,
	],
	baseline: byHttpRequest,
	subjects,
	warmUp: { items: 100, missing: 0, fileSize: 0, requestsPerMinute: null },
	source: async (input, control) => {
		await control.seed(input.items);
		return itemSource(idsOf(input).map((assetId) => ({ assetId })));
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
	rounds,
	goals,
};
