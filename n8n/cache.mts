import path from 'node:path';

import envPaths from 'env-paths';

/**
 * The folder that holds what is installed once for this machine.
 *
 * The user's own cache folder by default; `N8N_NODES_SYNC_CACHE` names another one (for a bigger disk, or a CI cache).
 */
export function cacheFolder(): string {
	const chosen = process.env.N8N_NODES_SYNC_CACHE;
	return chosen ? path.resolve(chosen) : envPaths('n8n-nodes-sync-so', { suffix: '' }).cache;
}
