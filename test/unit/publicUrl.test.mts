import { readPublicUrl } from '../../nodes/shared/fields/publicUrl.ts';
import type { ItemContext } from '../../nodes/shared/transport/itemContext.ts';

const createItemContext = (baseUrl: string) =>
	({ context: { getCredentials: () => Promise.resolve({ baseUrl }) } }) as unknown as ItemContext;
const REMOTE = createItemContext('https://api.sync.so');
const LOCAL = createItemContext('http://127.0.0.1:8787');

test.each([
	'https://www.example.com/interview.mp4',
	'http://www.example.com/interview.mp4',
	'https://notyoutube.com/interview.mp4',
	'https://drive.google.com/uc?export=download&id=1',
	'https://localhost.example.com/a.mp4',
	'https://10.example.com/a.mp4',
	'https://fc00.example.com/a.mp4',
	'https://8.8.8.8/a.mp4',
	'https://172.15.0.1/a.mp4',
	'https://172.32.0.1/a.mp4',
	'https://192.169.0.1/a.mp4',
	'https://[2606:4700::1111]/a.mp4',
	'https://[::ffff:808:808]/a.mp4',
])('%s is accepted', async (url) => {
	expect((await readPublicUrl(REMOTE, ` ${url} `)).href).toBe(url);
});

test.each([
	['https://www.youtube.com/watch?v=1', 'www.youtube.com'],
	['https://youtu.be/1', 'youtu.be'],
	['https://vimeo.com/1', 'vimeo.com'],
	['https://drive.google.com/file/d/1/view', 'drive.google.com'],
])('%s is rejected as the URL of a page', async (url, host) => {
	await expect(readPublicUrl(LOCAL, url, 'Audio URL')).rejects.toThrow(
		`'Audio URL' is a page of ${host}, not a media file`,
	);
});

test.each(['ftp://www.example.com/a.mp4', 'a.mp4', 42, null, ''])(
	'%p is rejected',
	async (value) => {
		await expect(readPublicUrl(REMOTE, value)).rejects.toThrow(
			/^'URL' is (empty|not a valid URL)$/,
		);
	},
);

describe.each([
	['localhost:5678'],
	['localhost.'],
	['app.localhost'],
	['nas'],
	['minio:9000'],
	['nas.local'],
	['storage.eu.internal'],
	['127.0.0.1'],
	['127.1'],
	['2130706433'],
	['0.0.0.0'],
	['10.1.2.3'],
	['172.16.0.1'],
	['172.31.255.255'],
	['192.168.0.10:8080'],
	['169.254.169.254'],
	['[::1]'],
	['[::]'],
	['[fc00::1]'],
	['[fd12:3456::1]'],
	['[fe80::1]'],
	['[::ffff:192.168.0.1]'],
])('the private address %s', (address) => {
	const url = `http://${address}/a.mp4`;
	const { host, href } = new URL(url);

	test('is rejected, with alternatives', async () => {
		await expect(readPublicUrl(REMOTE, url, 'Audio URL')).rejects.toMatchObject({
			failure: {
				message: `sync.so can't reach the private address ${host} in 'Audio URL'`,
				hint: 'Use a public https link, or get the file with another node and use it as a binary field',
				statusCode: 0,
			},
		});
	});

	test('is accepted if the API is on this machine too', async () => {
		expect((await readPublicUrl(LOCAL, url)).href).toBe(href);
	});
});
