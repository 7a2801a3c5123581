import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { getModels, KNOWN_MODELS } from '../../nodes/shared/fields/models.ts';
import { searchClonedVoices, searchVoices } from '../../nodes/shared/fields/voiceLocator.ts';
import { searchBatches } from '../../nodes/SyncGeneration/batch/batchLocator.ts';
import { searchGenerations } from '../../nodes/SyncGeneration/generation/searchGenerations.ts';
import { uuid } from './assets.mts';
import { FakeServer } from './fakeServer.mts';
import { type HttpResponse, RESPONSES } from './responses.mts';

type List = typeof searchGenerations;

/** Opens a list on a server that always sends the same response. */
async function open(list: List, response: HttpResponse, filter?: string, paginationToken?: string) {
	const server = new FakeServer(() => response);
	const context = server.context as unknown as ILoadOptionsFunctions;
	return { ...(await list.call(context, filter, paginationToken)), requests: server.requests };
}

const respondWith = (body: object[]): HttpResponse => ({ status: 200, body });

const GENERATION = {
	id: 'g1',
	createdAt: '2026-01-15T09:30:00.000Z',
	status: 'COMPLETED',
	model: 'lipsync-2',
	input: [],
};
const generations = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ ...GENERATION, id: `g${index}` }));
const VOICE = { voiceId: 'v1', name: 'Anna', provider: 'elevenlabs' };
const BATCH = {
	id: 'b1',
	created_at: '2026-01-15T09:30:00.000Z',
	status: 'COMPLETED',
	metrics: { total_generations: 20 },
};

describe('the list of generations', () => {
	test('shows the model, status and date, and selects the ID', async () => {
		const { results, requests } = await open(searchGenerations, respondWith([GENERATION]));
		expect(results).toEqual([{ name: 'lipsync-2 · COMPLETED · 2026-01-15 09:30', value: 'g1' }]);
		expect(requests).toMatchObject([{ method: 'GET', url: '/v2/generations', qs: { limit: 50 } }]);
	});

	test('shows the file name first if there is one', async () => {
		const named = { ...GENERATION, outputFileName: 'intro.mp4' };
		const { results } = await open(searchGenerations, respondWith([named]));
		expect(results[0].name).toMatch(/^intro\.mp4 · lipsync-2/);
	});

	test('shows the length of the video', async () => {
		const finished = { ...GENERATION, outputDuration: 12.48 };
		const { results } = await open(searchGenerations, respondWith([finished]));
		expect(results[0].name).toBe('lipsync-2 · COMPLETED · 0:12 · 2026-01-15 09:30');
	});

	test('continues after the last generation of a full page', async () => {
		const { paginationToken } = await open(searchGenerations, respondWith(generations(50)));
		expect(paginationToken).toBe('g49');
		const { requests } = await open(searchGenerations, respondWith([]), '', 'g49');
		expect(requests[0].qs).toEqual({ limit: 50, cursor: 'g49' });
	});

	test('ends after a page that is not full', async () => {
		expect(
			(await open(searchGenerations, respondWith(generations(49)))).paginationToken,
		).toBeUndefined();
	});

	test('continues after a full page without a match', async () => {
		const { results, paginationToken } = await open(
			searchGenerations,
			respondWith(generations(50)),
			'react',
		);
		expect([results, paginationToken]).toEqual([[], 'g49']);
	});
});

describe('the list of voices', () => {
	test.each([
		["the provider's ID", { voiceId: 'v', id: 'i', internalVoiceId: 'n' }, 'v'],
		[
			"the sync.so ID if there is no provider's ID",
			{ voiceId: null, id: 'i', internalVoiceId: 'n' },
			'i',
		],
		['the internal ID if there is no other', { voiceId: undefined, internalVoiceId: 'n' }, 'n'],
	])('selects %s', async (_what, ids, value) => {
		const { results } = await open(searchVoices, respondWith([{ ...VOICE, ...ids }]));
		expect(results).toEqual([{ name: 'Anna (ElevenLabs)', value }]);
	});

	test.each([
		['a voice', { voiceId: 'v1' }, 'Unnamed voice · v1 (ElevenLabs)'],
		['a clone', { voiceId: 'v1', id: uuid(1) }, 'Unnamed cloned voice · v1 (ElevenLabs)'],
	])('shows %s without a name with its kind and ID', async (_what, ids, name) => {
		const { results } = await open(searchVoices, respondWith([{ ...VOICE, ...ids, name: null }]));
		expect(results[0].name).toBe(name);
	});

	test('shows a voice without a provider by its name', async () => {
		const { results } = await open(searchVoices, respondWith([{ ...VOICE, provider: undefined }]));
		expect(results[0].name).toBe('Anna');
	});

	test('links the preview of a voice', async () => {
		const previewUrl = 'https://assets.sync.so/voices/anna.mp3';
		const { results } = await open(searchVoices, respondWith([{ ...VOICE, previewUrl }, VOICE]));
		expect(results.map(({ url }) => url)).toEqual([previewUrl, undefined]);
	});

	test('leaves out a voice without an ID', async () => {
		const { results } = await open(searchVoices, respondWith([VOICE, { provider: 'elevenlabs' }]));
		expect(results).toHaveLength(1);
	});

	test('shows only voices whose name contains the search', async () => {
		const voices = respondWith([VOICE, { ...VOICE, name: 'George' }]);
		const { results } = await open(searchVoices, voices, ' GEO');
		expect(results.map(({ name }) => name)).toEqual(['George (ElevenLabs)']);
	});
});

test('the list of cloned voices selects the UUID and leaves out voices without one', async () => {
	const { results } = await open(
		searchClonedVoices,
		respondWith([{ ...VOICE, id: uuid(1), internalVoiceId: uuid(2) }, VOICE]),
	);
	expect(results).toEqual([{ name: 'Anna (ElevenLabs)', value: uuid(1) }]);
});

test('the list of batches shows the date, status and size, and selects the ID', async () => {
	const { results } = await open(searchBatches, respondWith([BATCH]));
	expect(results).toEqual([{ name: '2026-01-15 09:30 · COMPLETED · 20 rows', value: 'b1' }]);
});

test('the list of batches shows the newest first', async () => {
	const batches = [9, 11, 10].map((hour) => ({
		...BATCH,
		id: `b${hour}`,
		created_at: `2026-01-15T${String(hour).padStart(2, '0')}:30:00.000Z`,
	}));
	const { results } = await open(searchBatches, respondWith(batches));
	expect(results.map(({ value }) => value)).toEqual(['b11', 'b10', 'b9']);
});

describe('the list of models', () => {
	const models = async (response: HttpResponse) => {
		const { context } = new FakeServer(() => response);
		return await getModels.call(context as unknown as ILoadOptionsFunctions);
	};

	test("shows the account's models and selects their IDs", async () => {
		const response = [
			{ id: 'sync-4', name: 'Sync 4', description: 'The newest' },
			{ id: 'react-1', name: 'react-1' },
		];
		expect(await models(respondWith(response))).toEqual([
			expect.objectContaining({ name: 'Automatic', value: 'auto' }),
			{ name: 'Sync 4 (sync-4)', value: 'sync-4', description: 'The newest' },
			{ name: 'react-1', value: 'react-1', description: undefined },
		]);
	});

	test.each<[string, HttpResponse, string]>([
		['the key is invalid', RESPONSES.keyInvalid, 'sync.so rejected the API key'],
		['the response is not a list', { status: 200, body: {} }, 'sync.so returned no list of models'],
		['the list is empty', respondWith([]), 'sync.so returned no list of models'],
	])('shows the known models and the reason when %s', async (_what, response, reason) => {
		const shown = await models(response);
		expect(shown.map(({ value }) => value)).toEqual(['auto', ...KNOWN_MODELS]);
		expect(shown[1].description).toMatch(new RegExp(`${reason}$`));
	});
});
