import type { ApiClient } from '../api/client.mts';
import type { WorkflowJson } from '../n8n/client.mts';
import type { Asset } from '../nodes/shared/items/assetItem.ts';
import { limitCost } from './adapt.mts';
import type { Example } from './examples.mts';

/** A video that an example creates. */
export interface PlannedVideo {
	model: string;
	/** The duration of the output, rounded up. Default: that of the longest asset. */
	seconds?: number;
}

/** An example with the estimated cost of its videos. */
export interface PricedExample {
	example: Example;
	/** In US dollars. */
	cost: number;
}

/** Gets the duration of the longest asset in seconds, rounded up. @throws Error if none has one */
function getLongest(assets: Iterable<Asset>): number {
	const durations = [...assets].map(({ durationSeconds }) => durationSeconds ?? 0);
	const longest = Math.ceil(Math.max(...durations));
	if (longest > 0) return longest;
	throw new Error('sync.so reported no duration of the uploaded files, so no video is created');
}

/**
 * Estimates what examples cost.
 *
 * @param assets those that the examples use
 * @throws Error if the API can't estimate it
 */
export async function estimateCosts(
	client: ApiClient,
	examples: Example[],
	assets: Iterable<Asset>,
): Promise<PricedExample[]> {
	const longest = getLongest(assets);
	const priced: PricedExample[] = [];
	for (const example of examples) {
		let cost = 0;
		for (const { model, seconds = longest } of example.videos ?? []) {
			const body = { model, duration: seconds };
			const estimate = await client.request<{ estimatedGenerationCost: unknown }>(
				'POST',
				'/v2/generations/estimate',
				body,
			);
			if (typeof estimate.estimatedGenerationCost !== 'number') {
				throw new Error(`sync.so gave no estimate for ${model}, so no video is created`);
			}
			cost += estimate.estimatedGenerationCost;
		}
		priced.push({ example, cost });
	}
	return priced;
}

/**
 * Chooses the examples to run, in their order.
 *
 * @param maxCost the most that all of them together may cost, in US dollars
 */
export function chooseAffordable(priced: PricedExample[], maxCost: number): PricedExample[] {
	let total = 0;
	return priced.filter(({ cost }) => {
		if (total + cost > maxCost) return false;
		total += cost;
		return true;
	});
}

/** Lets an example refuse videos that cost more than estimated. */
export function limitToEstimate(
	workflow: WorkflowJson,
	{ maxCost, videos = [] }: Pick<Example, 'maxCost' | 'videos'>,
): WorkflowJson {
	return maxCost === undefined ? workflow : limitCost(workflow, maxCost, videos[0]?.seconds);
}

/** Adds up costs. @returns US dollars */
export const sumCosts = (priced: PricedExample[]): number =>
	priced.reduce((total, { cost }) => total + cost, 0);
