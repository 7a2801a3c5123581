import { checkFileUrl } from '../../nodes/shared/files/storage.ts';
import type { ItemContext } from '../../nodes/shared/transport/itemContext.ts';

const createItemContext = (baseUrl: string) =>
	({ context: { getCredentials: () => Promise.resolve({ baseUrl }) } }) as unknown as ItemContext;
const REMOTE = createItemContext('https://api.sync.so');
const LOCAL = createItemContext('http://localhost:8787');

test.each([
	['https://files.example.com/a.mp4?sig=1', REMOTE],
	['https://files.example.com/a.mp4', LOCAL],
	['http://127.0.0.1:8787/a.mp4', LOCAL],
	['http://localhost/a.mp4', LOCAL],
])('%s is accepted', async (url, item) => {
	expect(await checkFileUrl(item, ` ${url} `)).toBe(url);
});

test.each([
	['without HTTPS', 'http://files.example.com/a.mp4', REMOTE],
	['without HTTPS, from a local API', 'http://files.example.com/a.mp4', LOCAL],
	['on this machine, from a remote API', 'http://127.0.0.1:5678/rest/settings', REMOTE],
	['on this machine with HTTPS, from a remote API', 'https://localhost/a.mp4', REMOTE],
	['with another protocol', 'file:///etc/passwd', LOCAL],
	['that is relative', 'a.mp4', REMOTE],
	['that is not text', { url: 'https://files.example.com/a.mp4' }, REMOTE],
])('a URL %s is rejected', async (_what, url, item) => {
	await expect(checkFileUrl(item, url)).rejects.toThrow(
		'sync.so provided no valid URL for the file',
	);
});
