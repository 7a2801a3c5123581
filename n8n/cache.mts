import path from 'node:path';

import envPaths from 'env-paths';

/**
 * Returns the cache folder, which holds what is installed once per machine.
 *
 * Default: the user's cache folder. Set `N8N_NODES_SYNC_CACHE` to use another one, such as a larger disk or a CI cache.
 */
export function getCacheFolder(): string {
	const folder = process.env.N8N_NODES_SYNC_CACHE;
	return folder ? path.resolve(folder) : envPaths('n8n-nodes-sync-so', { suffix: '' }).cache;
}
