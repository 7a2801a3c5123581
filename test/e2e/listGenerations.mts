import type { ExampleApi } from '../../demo/api.mts';
import type { Generation } from '../../nodes/shared/items/generationItem.ts';

/** Lists the generations of an API, sorted by the names of their output files. */
export async function listGenerations({ url, apiKey }: ExampleApi): Promise<Generation[]> {
	const response = await fetch(`${url}/v2/generations`, { headers: { 'x-api-key': apiKey } });
	const all = (await response.json()) as Generation[];
	return all.sort((a, b) => String(a.outputFileName).localeCompare(String(b.outputFileName)));
}
