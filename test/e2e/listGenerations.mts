import { ApiClient } from '../../api/client.mts';
import type { ExampleApi } from '../../demo/api.mts';
import type { Generation } from '../../nodes/shared/items/generationItem.ts';

/** Lists the generations of an API, sorted by the names of their output files. */
export async function listGenerations({ url, apiKey }: ExampleApi): Promise<Generation[]> {
	const account = new ApiClient(url, apiKey);
	const all = await account.request<Generation[]>('GET', '/v2/generations');
	return all.sort((a, b) => String(a.outputFileName).localeCompare(String(b.outputFileName)));
}
