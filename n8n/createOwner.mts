// Waits until the n8n at N8N_URL is ready, and creates its owner with N8N_EMAIL and N8N_PASSWORD.
import { N8nClient, OWNER } from './client.mts';
import { isReady, START_TIMEOUT } from './readiness.mts';
import { waitFor } from './wait.mts';

const { N8N_URL: url, N8N_EMAIL: email, N8N_PASSWORD: password } = process.env;
if (!url || !email || !password) throw new Error('Set N8N_URL, N8N_EMAIL and N8N_PASSWORD');
await waitFor(
	async () => (await isReady(url)) || undefined,
	START_TIMEOUT,
	() => `the n8n at ${url} is not ready`,
);
await N8nClient.connect(url, { ...OWNER, email, password });
