import { type ILoadOptionsFunctions, NodeApiError } from 'n8n-workflow';

import {
	searchAssets,
	searchAudioAssets,
	searchVisualAssets,
} from '../../nodes/shared/fields/assetLocator.ts';
import { searchProjects } from '../../nodes/shared/fields/projectLocator.ts';
import { SPEAKER } from './assets.mts';
import { createConnectionError, FakeServer } from './fakeServer.mts';
import { type HttpResponse, RESPONSES } from './responses.mts';

const page = (items: object[], nextCursor?: string | null): HttpResponse => ({
	status: 200,
	body: { items, nextCursor },
});

type List = typeof searchAssets;

/** Opens a list on a server that sends the responses in turn, and the last one from then on. */
async function open(
	list: List,
	responses: Array<HttpResponse | Error>,
	filter?: string,
	paginationToken?: string,
) {
	const server = new FakeServer(
		(_request, count) => responses[Math.min(count, responses.length) - 1],
	);
	const context = server.context as unknown as ILoadOptionsFunctions;
	const outcome = list.call(context, filter, paginationToken).then(
		(list) => ({ list, error: undefined }),
		(error: NodeApiError) => ({ list: undefined, error }),
	);
	await jest.runAllTimersAsync();
	return { ...(await outcome), requests: server.requests };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe.each<[string, List, string, string]>([
	['assets', searchAssets, '/v2/assets', 'dateDesc'],
	['projects', searchProjects, '/v2/projects', 'updatedAt'],
])('the list of %s', (_things, list, url, sortBy) => {
	const search = async (responses: Array<HttpResponse | Error>, filter?: string, token?: string) =>
		await open(list, responses, filter, token);

	test.each([
		['the newest entries first', [], {}],
		['entries that match the search', ['speaker'], { searchQuery: 'speaker' }],
		['the next page', [undefined, 'c2'], { cursor: 'c2' }],
		['the next page of a search', ['speaker', 'c2'], { searchQuery: 'speaker', cursor: 'c2' }],
		['the first page when the search is empty', ['', ''], {}],
	])('requests %s', async (_what, [filter, token], more) => {
		const { requests } = await search([page([])], filter, token);
		expect(requests).toMatchObject([{ method: 'GET', url }]);
		expect(requests[0].qs).toEqual({ limit: 50, sortBy, ...more });
	});

	test('waits 20 seconds for the response', async () => {
		const { requests } = await search([page([])]);
		expect(requests[0].timeout).toBe(20_000);
	});

	test('keeps the order of the API', async () => {
		const { list } = await search([page(['b', 'a', 'c'].map((id) => ({ ...SPEAKER, id })))]);
		expect(list?.results.map(({ value }) => value)).toEqual(['b', 'a', 'c']);
	});

	test.each([
		['the cursor of the next page', 'c2', 'c2'],
		['no cursor after the last page', null, undefined],
		['no cursor when the API sends none', undefined, undefined],
	])('returns %s', async (_what, nextCursor, paginationToken) => {
		const { list } = await search([page([SPEAKER], nextCursor)]);
		expect(list?.paginationToken).toBe(paginationToken);
	});

	test('is empty when the account has no entries', async () => {
		expect((await search([page([])])).list?.results).toEqual([]);
	});

	describe('when the list cannot be loaded', () => {
		test('says why in the message and what to do in the description', async () => {
			const { error } = await search([RESPONSES.keyInvalid]);
			expect(error).toMatchObject({
				message: 'sync.so rejected the API key',
				description:
					'Check the API key in the Sync API credential, or create a new one at https://sync.so/settings/api-keys',
				httpCode: '401',
			});
		});

		// Of other errors, n8n's server sends only the message to the editor.
		test.each<[string, HttpResponse | Error]>([
			['a response', RESPONSES.keyInvalid],
			['no response', createConnectionError('ECONNREFUSED')],
		])('throws an error whose description n8n shows after %s', async (_what, response) => {
			const { error } = await search([response]);
			expect(error).toBeInstanceOf(NodeApiError);
			expect(error?.description).toEqual(expect.stringMatching(/^Check/));
		});

		test.each<[string, object | string]>([
			['text', '<html></html>'],
			['nothing', ''],
			['an object without items', {}],
			['a list of strings', ['x']],
			['entries without an ID', { items: [{ name: 'x' }] }],
		])('reports that the response is %s, not a list', async (_what, body) => {
			const { error } = await search([{ status: 200, body }]);
			expect(error?.message).toBe('The response from sync.so is not a list');
			expect(error?.description).toMatch(/^Check the 'Base URL'/);
			expect(error?.httpCode).toBeNull();
		});

		test.each([
			['a gateway error', RESPONSES.badGateway],
			['a rate limit', RESPONSES.rateLimited],
		])('retries once after %s', async (_what, first) => {
			const { list, requests } = await search([first, page([SPEAKER])]);
			expect(list?.results).toHaveLength(1);
			expect(requests).toHaveLength(2);
		});

		test('retries only once', async () => {
			const { error, requests } = await search([RESPONSES.badGateway]);
			expect(error?.message).toMatch(/^sync\.so is unreachable/);
			expect(requests).toHaveLength(2);
		});
	});
});

test.each([
	['a video', {}, 'speaker.mp4 (Video)'],
	['an audio file', { name: 'voice.wav', type: 'AUDIO' }, 'voice.wav (Audio)'],
	['an image', { name: 'face.png', type: 'IMAGE' }, 'face.png (Image)'],
	['no type', { type: undefined }, 'speaker.mp4 (Asset)'],
	['an unknown type', { type: 'HOLOGRAM' }, 'speaker.mp4 (HOLOGRAM)'],
])('shows %s with its name and type, and selects its ID', async (_what, fields, name) => {
	const { list } = await open(searchAssets, [page([{ ...SPEAKER, ...fields }])]);
	expect(list?.results).toMatchObject([{ name, value: SPEAKER.id }]);
});

test.each<[string, object, string]>([
	['a video', {}, 'Unnamed video · 0:12 · 2026-01-15 09:30'],
	['an asset with an empty name', { name: '' }, 'Unnamed video · 0:12 · 2026-01-15 09:30'],
	['an asset with no name', { name: undefined }, 'Unnamed video · 0:12 · 2026-01-15 09:30'],
	['an image', { type: 'IMAGE', durationSeconds: null }, 'Unnamed image · 2026-01-15 09:30'],
	['audio', { type: 'AUDIO', durationSeconds: 0.2 }, 'Unnamed audio · 0:01 · 2026-01-15 09:30'],
	['a long video', { durationSeconds: 1843.7 }, 'Unnamed video · 30:43 · 2026-01-15 09:30'],
	['a very long video', { durationSeconds: 3605 }, 'Unnamed video · 1:00:05 · 2026-01-15 09:30'],
	['an asset without a type', { type: undefined }, 'Unnamed asset · 0:12 · 2026-01-15 09:30'],
	['an asset of unknown date', { createdAt: undefined }, 'Unnamed video · 0:12'],
])('shows %s without a name with its type, length and date', async (_what, fields, name) => {
	const { list } = await open(searchAssets, [page([{ ...SPEAKER, name: null, ...fields }])]);
	expect(list?.results[0].name).toBe(name);
});

test.each([
	['an HTTPS URL', SPEAKER.url, SPEAKER.url],
	['a URL in capitals', 'HTTPS://files.example.com/@a.mp4', 'HTTPS://files.example.com/@a.mp4'],
	['a URL without HTTPS', 'http://files.example.com/a.mp4', undefined],
	['a script', 'javascript:alert(1)', undefined],
	['a URL with a signature', 'https://files.example.com/a.mp4?X-Amz-Signature=1', undefined],
	['a URL with a password', 'https://me:secret@files.example.com/a.mp4', undefined],
	['no URL', null, undefined],
	['something else', {}, undefined],
])('links an asset with %s only if the link is safe to save', async (_what, url, link) => {
	const { list } = await open(searchAssets, [page([{ ...SPEAKER, url }])]);
	expect(list?.results[0].url).toBe(link);
});

test.each([
	['its name', { id: 'p1', name: 'Spring Campaign' }, 'Spring Campaign'],
	[
		'its date if it has no name',
		{ id: 'p1', name: null, createdAt: '2026-01-15T09:30:00.000Z' },
		'Unnamed project · 2026-01-15 09:30',
	],
])('shows a project with %s, and selects its ID', async (_what, project, name) => {
	const { list } = await open(searchProjects, [page([project])]);
	expect(list?.results).toEqual([{ name, value: 'p1' }]);
});

test.each<[string, List, string]>([
	['a video or image', searchVisualAssets, 'VIDEO,IMAGE'],
	['audio', searchAudioAssets, 'AUDIO,VIDEO'],
])('the list for %s requests only these types', async (_what, list, types) => {
	const { requests } = await open(list, [page([])], 'speaker', 'c2');
	expect(requests[0].qs).toEqual({
		limit: 50,
		sortBy: 'dateDesc',
		types,
		searchQuery: 'speaker',
		cursor: 'c2',
	});
});
