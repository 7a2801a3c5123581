import { isLoopback, normalizeBaseUrl } from '../../../credentials/SyncApi.credentials';
import type { ItemContext } from './itemContext';

/** Whether the Sync API that the credential names is on this machine. It then reaches other local addresses too. */
export async function isApiLocal({ context }: Pick<ItemContext, 'context'>): Promise<boolean> {
	const { baseUrl } = await context.getCredentials('syncApi');
	return isLoopback(new URL(normalizeBaseUrl(baseUrl)).hostname);
}
