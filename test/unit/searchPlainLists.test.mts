import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { searchBatches } from '../../nodes/SyncGeneration/batch/batchLocator.ts';
import { searchGenerations } from '../../nodes/SyncGeneration/generation/searchGenerations.ts';
import { getModels, KNOWN_MODELS } from '../../nodes/shared/fields/models.ts';
import { searchClonedVoices, searchVoices } from '../../nodes/shared/fields/voiceLocator.ts';
import { FakeServer } from './fakeServer.mts';
import { uuid } from './assets.mts';
import { type HttpResponse, RESPONSES } from './responses.mts';

type List = typeof searchGenerations;

/** Opens a list at a server that gives one reply for good. */
async function open(list: List, response: HttpResponse, filter?: string, paginationToken?: string) {
	const server = new FakeServer(() => response);
	const context = server.context as unknown as ILoadOptionsFunctions;
	return { ...(await list.call(context, filter, paginationToken)), requests: server.requests };
}

const bare = (body: object[]): HttpResponse => ({ status: 200, body });

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
	test('shows model, status and date, and picks the ID', async () => {
		const { results, requests } = await open(searchGenerations, bare([GENERATION]));
		expect(results).toEqual([{ name: 'lipsync-2 · COMPLETED · 2026-01-15 09:30', value: 'g1' }]);
		expect(requests).toMatchObject([{ method: 'GET', url: '/v2/generations', qs: { limit: 50 } }]);
	});

	test('shows the name of the file first where it has one', async () => {
		const named = { ...GENERATION, outputFileName: 'intro.mp4' };
		const { results } = await open(searchGenerations, bare([named]));
		expect(results[0].name).toMatch(/^intro\.mp4 · lipsync-2/);
	});

	test('goes on after the last one of a full page', async () => {
		const { paginationToken } = await open(searchGenerations, bare(generations(50)));
		expect(paginationToken).toBe('g49');
		const { requests } = await open(searchGenerations, bare([]), '', 'g49');
		expect(requests[0].qs).toEqual({ limit: 50, cursor: 'g49' });
	});

	test('ends with a page that is not full', async () => {
		expect((await open(searchGenerations, bare(generations(49)))).paginationToken).toBeUndefined();
	});

	test('goes on after a full page in which nothing matches', async () => {
		const { results, paginationToken } = await open(
			searchGenerations,
			bare(generations(50)),
			'react',
		);
		expect([results, paginationToken]).toEqual([[], 'g49']);
	});
});

describe('the list of voices', () => {
	test.each([
		['its own at the provider', { voiceId: 'v', id: 'i', internalVoiceId: 'n' }, 'v'],
		['that of sync.so without one', { voiceId: null, id: 'i', internalVoiceId: 'n' }, 'i'],
		['the internal one where there is no other', { voiceId: undefined, internalVoiceId: 'n' }, 'n'],
	])('picks of three IDs %s', async (_what, ids, value) => {
		const { results } = await open(searchVoices, bare([{ ...VOICE, ...ids }]));
		expect(results).toEqual([{ name: 'Anna (ElevenLabs)', value }]);
	});

	test('leaves out a voice that has none', async () => {
		const { results } = await open(searchVoices, bare([VOICE, { provider: 'elevenlabs' }]));
		expect(results).toHaveLength(1);
	});

	test('shows those whose name holds what was typed', async () => {
		const voices = bare([VOICE, { ...VOICE, name: 'George' }]);
		const { results } = await open(searchVoices, voices, ' GEO');
		expect(results.map(({ name }) => name)).toEqual(['George (ElevenLabs)']);
	});
});

test('the list of cloned voices picks the UUID, and leaves out those that have none', async () => {
	const { results } = await open(
		searchClonedVoices,
		bare([{ ...VOICE, id: uuid(1), internalVoiceId: uuid(2) }, VOICE]),
	);
	expect(results).toEqual([{ name: 'Anna (ElevenLabs)', value: uuid(1) }]);
});

test('the list of batches shows date, status and size, and picks the ID', async () => {
	const { results } = await open(searchBatches, bare([BATCH]));
	expect(results).toEqual([{ name: '2026-01-15 09:30 · COMPLETED · 20 rows', value: 'b1' }]);
});

describe('the list of models', () => {
	const models = async (response: HttpResponse) => {
		const { context } = new FakeServer(() => response);
		return await getModels.call(context as unknown as ILoadOptionsFunctions);
	};

	test('shows those that the account has, and picks their ID', async () => {
		const response = [
			{ id: 'sync-4', name: 'Sync 4', description: 'The newest' },
			{ id: 'react-1', name: 'react-1' },
		];
		expect(await models(bare(response))).toEqual([
			{ name: 'Sync 4 (sync-4)', value: 'sync-4', description: 'The newest' },
			{ name: 'react-1', value: 'react-1', description: undefined },
		]);
	});

	test.each<[string, HttpResponse, string]>([
		['the key is wrong', RESPONSES.keyInvalid, 'sync.so refused the API key'],
		['the answer is no list', { status: 200, body: {} }, 'sync.so gave no list of models'],
		['it has none', bare([]), 'sync.so gave no list of models'],
	])('shows those that are known, and why, when %s', async (_what, response, reason) => {
		const shown = await models(response);
		expect(shown.map(({ value }) => value)).toEqual(KNOWN_MODELS);
		expect(shown[0].description).toMatch(new RegExp(`${reason}$`));
	});
});
