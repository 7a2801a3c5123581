import { byId } from '../../n8n/syncNodes.mts';
import { ASSETS } from '../../sandbox/asset/fixtures.mts';
import { RESPONSES } from '../unit/responses.mts';
import { type FakeResponse, useFakeApi } from './fakeApi.mts';
import { runOperation } from './runOperation.mts';
import { SandboxLab } from './sandboxLab.mts';
import type { NodeSettings } from './syncNode.mts';
import { inputs, manyInputs, type OnError, TRY_TWICE } from './workflows.mts';

const TRANSCRIBE: NodeSettings = {
	resource: 'transcription',
	operation: 'create',
	assetId: byId(ASSETS.teaser),
};

const edit = (...all: object[]) => ({ edit: all }) as unknown as NodeSettings;
const CHANGE = { kind: 'change', wordIds: 'w4', replacement: 'Tuesday' };

const buildEdit = (transcriptionId: string, settings: NodeSettings = {}): NodeSettings => ({
	resource: 'dialogueEdit',
	operation: 'create',
	transcriptionId,
	edits: edit(CHANGE),
	...settings,
});

describe('on the sandbox', () => {
	const lab = new SandboxLab({
		transcriptionPendingMs: 0,
		transcriptionProcessingMs: 0,
		dialogueEditPendingMs: 0,
		dialogueEditProcessingMs: 0,
	});

	async function transcribe() {
		const [{ id }] = (await lab.run(TRANSCRIBE)).results;
		return id as string;
	}

	async function listPosted(operationId: string) {
		const requests = await lab.control.listRequests();
		return requests.filter((one) => one.operationId === operationId).map(({ body }) => body);
	}

	test.each([
		['a video', ASSETS.teaser, 'sourceVideoUrl'],
		['an audio file', ASSETS.voiceover, 'sourceAudioUrl'],
	])('transcribes the asset of %s', async (_what, asset, field) => {
		const { results } = await lab.run({ ...TRANSCRIBE, assetId: byId(asset) });
		expect(results).toMatchObject([{ status: 'COMPLETED', speakerCount: 1 }]);
		expect(await listPosted('createTranscription')).toEqual([
			{ [field]: expect.stringMatching(/^https:/) as string },
		]);
	});

	test('looks up an asset once for all items', async () => {
		const { results } = await lab.run(TRANSCRIBE, manyInputs(3));
		expect(results).toHaveLength(3);
		const requests = await lab.listOperationIds();
		expect(requests.filter((id) => id === 'getAsset')).toHaveLength(1);
	});

	test('transcribes a URL, and gets the transcription by its ID', async () => {
		const url = 'https://assets.sync.so/uploads/library/product-teaser.mov';
		const settings = { ...TRANSCRIBE, transcriptionSource: 'url', url };
		const { results } = await lab.run(settings);
		const get = { resource: 'transcription', operation: 'get' };
		const transcriptionId = results[0].id as string;
		expect((await lab.run({ ...get, transcriptionId })).results).toEqual(results);
	});

	test("does not wait for a transcription with Don't Wait", async () => {
		await lab.control.configure({ transcriptionPendingMs: 60_000 });
		const { results } = await lab.run({ ...TRANSCRIBE, wait: 'no' });
		expect(results).toMatchObject([{ status: 'PENDING', transcript: null }]);
	});

	test("does not wait for a dialogue edit with Don't Wait", async () => {
		await lab.control.configure({ dialogueEditPendingMs: 60_000 });
		const { results } = await lab.run(buildEdit(await transcribe(), { wait: 'no' }));
		expect(results).toMatchObject([{ status: 'PENDING', previewAudioUrl: null }]);
	});

	test('creates an edit with the transcript and video of the transcription', async () => {
		const transcriptionId = await transcribe();
		const remove = { kind: 'remove', wordIds: 'w5, w6' };
		const settings = buildEdit(transcriptionId, { edits: edit(CHANGE, remove) });
		const { results } = await lab.run(settings);
		expect(results).toMatchObject([
			{ status: 'COMPLETED', previewAudioUrl: expect.stringMatching(/^http/) as string },
		]);
		expect(await listPosted('createDialogueEdit')).toMatchObject([
			{
				sourceVideoUrl: expect.stringMatching(/product-teaser/) as string,
				transcript: { segments: [{ id: 's1' }] },
				edits: [
					{ kind: 'change', wordId: 'w4', replacement: 'Tuesday' },
					{ kind: 'remove', wordIds: ['w5', 'w6'] },
				],
			},
		]);
		const get = { resource: 'dialogueEdit', operation: 'get' };
		const dialogueEditId = results[0].id as string;
		expect((await lab.run({ ...get, dialogueEditId })).results).toMatchObject([
			{ id: dialogueEditId },
		]);
	});

	test('takes edits as JSON', async () => {
		const editsJson = [{ kind: 'change', wordId: 'w4', replacement: 'Tuesday' }];
		const settings = { specifyEdits: 'json', editsJson: JSON.stringify(editsJson) };
		await lab.run(buildEdit(await transcribe(), settings));
		expect(await listPosted('createDialogueEdit')).toMatchObject([{ edits: editsJson }]);
	});

	test('a partly completed edit is an item that says what is missing', async () => {
		await lab.control.configure({ dialogueEditOutcome: 'COMPLETED_PARTIAL' });
		expect((await lab.run(buildEdit(await transcribe()))).results).toMatchObject([
			{ status: 'COMPLETED_PARTIAL', partialDetail: { reason: 'background_bed_missing' } },
		]);
	});

	test('a failed transcription is an error with the reason', async () => {
		await lab.control.configure({ transcriptionOutcome: 'FAILED' });
		expect((await lab.run(TRANSCRIBE)).errors).toMatchObject([
			{
				message: 'sync.so could not create the transcription: The file has no speech',
				errorCode: 'NO_AUDIO',
				transcriptionId: expect.any(String) as string,
				status: 'FAILED',
			},
		]);
	});

	test('a failed edit is an error with the reason, and is not created again in the same execution', async () => {
		const settings = buildEdit(await transcribe());
		await lab.control.configure({ dialogueEditOutcome: 'FAILED' });
		const { error } = await lab.run(settings, undefined, 'stopWorkflow', TRY_TWICE);
		expect(error?.message).toBe('sync.so could not create the dialogue edit: An edit is too long');
		expect(await listPosted('createDialogueEdit')).toHaveLength(1);
	});

	const NO_ACCESS =
		/may not have access to (transcriptions|dialogue edits), which are in early access/;

	test.each([403, 404, 503] as const)(
		'says that an account may have no access after %i',
		async (dialogue) => {
			const settings = buildEdit(await transcribe());
			await lab.control.configure({ dialogue });
			for (const one of [TRANSCRIBE, settings]) {
				expect((await lab.run(one)).errors).toMatchObject([
					{
						message: expect.stringMatching(NO_ACCESS) as string,
						// After a 503, the edit may exist: the hint says where to check that.
						hint: expect.stringMatching(/^(Ask sync\.so to enable|Check the usage)/) as string,
						statusCode: dialogue,
					},
				]);
			}
		},
	);

	test('says so after the documented 422 too', async () => {
		const settings = buildEdit(await transcribe());
		await lab.control.configure({ dialogue: 422 });
		expect((await lab.run(settings)).errors).toMatchObject([
			{ message: expect.stringMatching(NO_ACCESS) as string, statusCode: 422 },
		]);
	});

	test.each([
		['transcription', { resource: 'transcription', operation: 'get', transcriptionId: 'x' }],
		['dialogue edit', { resource: 'dialogueEdit', operation: 'get', dialogueEditId: 'x' }],
		['transcription of an edit', buildEdit('x')],
	])('an unknown %s is an error that does not blame the account', async (_what, settings) => {
		const { errors } = await lab.run(settings);
		expect(errors[0]).toMatchObject({
			message: expect.stringMatching(/not found$/) as string,
			statusCode: 404,
		});
	});

	test('an image cannot be transcribed', async () => {
		const { errors } = await lab.run({ ...TRANSCRIBE, assetId: byId(ASSETS.image) });
		expect(errors[0].message).toBe('An image has no speech to transcribe');
		expect(await listPosted('createTranscription')).toEqual([]);
	});

	test.each<[string, NodeSettings, string]>([
		['no edits', { edits: {} }, 'There are no edits'],
		[
			'a change of two words',
			{ edits: edit({ ...CHANGE, wordIds: 'w1,w2' }) },
			'A change replaces one word, but there are 2 word IDs: w1, w2',
		],
		[
			'no replacement',
			{ edits: edit({ ...CHANGE, replacement: '={{ undefined }}' }) },
			"'Replacement' is empty",
		],
		['no word ID', { edits: edit({ kind: 'remove', wordIds: ' ' }) }, "'Word IDs' is empty"],
		[
			'two edits of one word',
			{ edits: edit(CHANGE, { kind: 'remove', wordIds: 'w4' }) },
			'Several edits are about the word w4',
		],
		[
			'an unknown word',
			{ edits: edit({ ...CHANGE, wordIds: 'w99' }) },
			'The transcript has no word with the ID w99',
		],
		[
			'JSON that is not a list',
			{ specifyEdits: 'json', editsJson: '{}' },
			"'Edits (JSON)' is not a list of edits",
		],
		['an empty Wait', { wait: '={{ null }}' }, "'Wait' is empty"],
	])('pays for nothing with %s', async (_what, settings, message) => {
		const { errors } = await lab.run(buildEdit(await transcribe(), settings));
		expect(errors).toMatchObject([{ message, statusCode: 0 }]);
		expect(await listPosted('createDialogueEdit')).toEqual([]);
	});

	test('an unfinished transcription cannot be edited', async () => {
		await lab.control.configure({ transcriptionPendingMs: 60_000 });
		const [{ id }] = (await lab.run({ ...TRANSCRIBE, wait: 'no' })).results;
		expect((await lab.run(buildEdit(id as string))).errors).toMatchObject([
			{ message: 'The transcription has no transcript (status: PENDING)' },
		]);
	});

	test('the transcription of an audio file cannot be edited', async () => {
		const [{ id }] = (await lab.run({ ...TRANSCRIBE, assetId: byId(ASSETS.voiceover) })).results;
		expect((await lab.run(buildEdit(id as string))).errors).toMatchObject([
			{ message: 'The transcription is of an audio file, but only videos can be edited' },
		]);
	});
});

describe('a dialogue edit whose response is lost', () => {
	const server = useFakeApi();
	const TRANSCRIPTION = {
		id: 't1',
		status: 'COMPLETED',
		sourceVideoUrl: 'https://assets.sync.so/a.mp4',
		transcript: { segments: [{ id: 's1', words: [{ id: 'w4' }] }] },
	};

	async function create(response: FakeResponse, onError?: OnError, more = {}) {
		server.api.respond = ({ method }) =>
			method === 'POST' ? response : { status: 200, body: TRANSCRIPTION };
		const settings = buildEdit('t1', { options: { maxRetries: 3 } });
		return await runOperation(server.api, settings, inputs({}), onError, more);
	}

	const countPosts = () => server.api.sent.filter(({ method }) => method === 'POST').length;

	test.each<[string, FakeResponse]>([
		['502', RESPONSES.badGateway],
		['a broken connection', 'reset'],
	])('is not requested again after %s', async (_what, response) => {
		const { errors } = await create(response);
		expect(countPosts()).toBe(1);
		expect(errors[0].message).toMatch(/The dialogue edit may have been created nevertheless/);
	});

	test('is not requested again when n8n retries the node', async () => {
		const { error } = await create('reset', 'stopWorkflow', TRY_TWICE);
		expect(countPosts()).toBe(1);
		expect(error?.message).toMatch(
			/^The dialogue edit may have been created by an earlier attempt/,
		);
	});
});
