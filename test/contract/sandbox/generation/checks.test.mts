import { ASSETS, MISSING_ASSET_ID } from '../../../../sandbox/asset/fixtures.mts';
import { COLLEAGUE_KEY } from '../../../../sandbox/core/users.mts';
import { PROJECT_ID } from '../../../../sandbox/project/fixtures.mts';
import { ApiLab, LIP_SYNC_REQUEST, URL_INPUT } from '../apiLab.mts';

const api = new ApiLab();

const [VIDEO, AUDIO] = LIP_SYNC_REQUEST.input;
const IMAGE = { type: 'image', assetId: ASSETS.image };
const TEXT = { type: 'text', provider: { name: 'elevenlabs', voiceId: 'v', script: 'Hello' } };
const DUB = { providerName: 'elevenlabs', targetLang: 'es' };
const segment = (startTime: number, endTime: number, audioInput: object = { refId: 'a' }) => ({
	startTime,
	endTime,
	audioInput,
});
const withSegments = (...segments: object[]) => ({
	input: [VIDEO, { ...AUDIO, refId: 'a' }, { ...TEXT, refId: 'b' }],
	segments,
});

test.each([
	['two visuals', { input: [VIDEO, IMAGE, AUDIO] }, 422, 'generation_input_too_many_visual'],
	['no visual', { input: [AUDIO] }, 400, 'generation_input_validation_failed'],
	['no audio', { input: [VIDEO] }, 400, 'generation_input_validation_failed'],
	['two audios', { input: [VIDEO, AUDIO, TEXT] }, 400, 'generation_input_validation_failed'],
	['an image', { input: [IMAGE, AUDIO] }, 400, 'generation_unsupported_model'],
	['dubbing with audio', { dubParams: DUB }, 422, 'generation_input_dub_audio_conflict'],
	[
		'dubbing an image',
		{ model: 'sync-3', input: [IMAGE], dubParams: DUB },
		400,
		'generation_input_validation_failed',
	],
	[
		'an asset of another type',
		{ input: [{ ...VIDEO, assetId: ASSETS.voiceover }, AUDIO] },
		422,
		'generation_input_asset_type_mismatch',
	],
	[
		'an asset that does not exist',
		{ input: [{ ...VIDEO, assetId: MISSING_ASSET_ID }, AUDIO] },
		404,
		'asset_not_found',
	],
	[
		'an invalid asset ID',
		{ input: [{ ...VIDEO, assetId: 'x' }, AUDIO] },
		400,
		'invalid_asset_id_format',
	],
	['a project that does not exist', { projectId: MISSING_ASSET_ID }, 422, 'project_not_found'],
	[
		'a segment that ends before it starts',
		withSegments(segment(2, 1)),
		422,
		'generation_input_segments_invalid',
	],
	[
		'segments that overlap',
		withSegments(segment(3, 5), segment(0, 4)),
		422,
		'generation_input_segments_invalid',
	],
	[
		'a segment without an input',
		withSegments(segment(0, 1, { refId: 'c' })),
		422,
		'generation_input_segments_invalid',
	],
	[
		'a segment with an incomplete crop',
		withSegments(segment(0, 1, { refId: 'a', startTime: 1 })),
		422,
		'generation_input_segments_invalid',
	],
] as const)('%s: the request is rejected', async (_what, fields, status, errorCode) => {
	expect(await api.createGeneration(fields)).toMatchObject({ status, body: { errorCode } });
	expect((await api.control.getGenerationTotals()).created).toBe(0);
});

test.each([
	['an image for sync-3', { model: 'sync-3', input: [IMAGE, AUDIO] }],
	['text instead of audio', { input: [VIDEO, TEXT] }],
	['dubbing a video', { input: [VIDEO], dubParams: DUB }],
	['consecutive segments', withSegments(segment(1, 2), segment(0, 1, { refId: 'b' }))],
	['a webhook to this machine', { webhookUrl: 'http://127.0.0.1:1/' }],
])('%s: the request is accepted', async (_what, fields) => {
	expect((await api.createGeneration(fields)).status).toBe(201);
});

test("another member's project or asset is rejected", async () => {
	const headers = { 'x-api-key': COLLEAGUE_KEY };
	const inProject = { projectId: PROJECT_ID, input: URL_INPUT };
	expect((await api.createGeneration(inProject, { headers })).status).toBe(422);
	expect((await api.createGeneration({}, { headers })).status).toBe(404);
});

test('an asset that does not exist fails with a 422, depending on the setting', async () => {
	await api.control.configure({ missingInputStatus: 422 });
	const { status } = await api.createGeneration({
		input: [{ ...VIDEO, assetId: MISSING_ASSET_ID }, AUDIO],
	});
	expect(status).toBe(422);
});

test.each([
	['model', { model: 'lipsync-9' }],
	['input', { input: [{ type: 'video' }, AUDIO] }],
	['webhookUrl', { webhookUrl: 'http://hooks.example.com/sync' }],
	['temperature', { options: { temperature: 2 } }],
	['outputFileName', { outputFileName: 'x'.repeat(256) }],
])('an invalid %s violates the contract', async (_field, fields) => {
	expect((await api.createGeneration(fields)).status).toBe(400);
	expect(await api.takeViolations()).toHaveLength(1);
});
