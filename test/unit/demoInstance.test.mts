import type { ApiClient } from '../../api/client.mts';
import { assertUsable } from '../../demo/instance.mts';

/** Plays an n8n in a container, where 127.0.0.1 is another machine. */
const client = {
	url: 'http://n8n.example.com',
	testCredential: async () =>
		await Promise.resolve({ status: 'Error' as const, message: 'refused the connection' }),
};

const api = { url: 'http://127.0.0.1:4010', apiKey: 'key' };

test('the demo says what to do if n8n cannot reach the local API', async () => {
	await expect(assertUsable({ client }, api)).rejects.toThrow(
		/^The n8n at http:\/\/n8n\.example\.com .*127\.0\.0\.1:4010: refused.*SYNC_API_KEY.*--network host/,
	);
});

test('with a real key, n8n has to reach the real API', async () => {
	const real = { ...api, url: 'https://api.sync.so', charging: {} as ApiClient };
	await expect(assertUsable({ client }, real)).rejects.toThrow(/: refused the connection$/);
});
