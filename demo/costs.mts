import type { ApiClient } from '../api/client.mts';
import type { Example } from './examples.mts';

/** A video that an example creates. */
export interface PlannedVideo {
	model: string;
	/** The duration of the output, rounded up. */
	seconds: number;
}

/** An example with the estimated cost of its videos. */
export interface PricedExample {
	example: Example;
	/** In US dollars. */
	cost: number;
}

/** Estimates what examples cost. @throws Error if the API can't estimate it */
export async function estimateCosts(
	client: ApiClient,
	examples: Example[],
): Promise<PricedExample[]> {
	const priced: PricedExample[] = [];
	for (const example of examples) {
		let cost = 0;
		for (const { model, seconds } of example.videos ?? []) {
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

/** Adds up costs. @returns US dollars */
export const sumCosts = (priced: PricedExample[]): number =>
	priced.reduce((total, { cost }) => total + cost, 0);
