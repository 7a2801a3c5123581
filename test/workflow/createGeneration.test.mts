import { byId } from '../../n8n/syncNodes.mts';
import { ASSETS, MISSING_ASSET_ID } from '../../sandbox/asset/fixtures.mts';
import { PROJECT_ID } from '../../sandbox/project/fixtures.mts';
import { VOICES } from '../../sandbox/voice/fixtures.mts';
import { CREDENTIAL, runWorkflow } from './engine.mts';
import { createFileItem, SOUND } from './fileLab.mts';
import { GenerationLab } from './generationLab.mts';
import { inputs, SYNC_NODE } from './workflows.mts';

const lab = new GenerationLab();

const TEXT = {
	audioSource: 'text',
	voiceId: byId('EXAVITQu4vr4xnSDxMaL'),
	script: 'Hello there',
};
const VIDEO = { type: 'video', assetId: ASSETS.teaser };
const AUDIO = { type: 'audio', assetId: ASSETS.voiceover };

/** Runs Create and returns the body of its request. */
async function createAndGetBody(more: object, items = inputs({})) {
	const { errors } = await lab.create(more as never, items);
	expect(errors).toEqual([]);
	const [{ body }] = await lab.listCreateRequests();
	return body as { input: unknown[]; options?: unknown };
}

/** Runs Create, expects that nothing is created, and returns the message of the item's error. */
async function createAndGetRefusal(more: object, items = inputs({})) {
	const { errors } = await lab.create(more as never, items);
	expect(await lab.listCreateRequests()).toEqual([]);
	expect(errors).toHaveLength(1);
	return errors[0].message;
}

test('a generation comes out immediately with its ID, paired with its input item', async () => {
	const { results, pairs } = await lab.create({}, inputs({}, {}));
	const one = { id: expect.any(String) as string, status: 'PENDING', outputUrl: null };
	expect(results).toEqual([expect.objectContaining(one), expect.objectContaining(one)]);
	expect(pairs[0]).toEqual([{ item: 0 }, { item: 1 }]);
	expect(await lab.countCreated()).toBe(2);
});

describe('accepts', () => {
	test('assets', async () => {
		const { input } = await createAndGetBody({});
		expect(input).toEqual([VIDEO, AUDIO]);
	});

	test('URLs', async () => {
		const visualUrl = 'https://www.example.com/a.mp4';
		const audioUrl = 'https://www.example.com/b.mp3';
		const urls = { visualSource: 'url', visualUrl, audioSource: 'url', audioUrl };
		expect(
			(await createAndGetBody({ ...urls, additionalFields: { visualKind: 'auto' } })).input,
		).toEqual([
			{ type: 'video', url: visualUrl },
			{ type: 'audio', url: audioUrl },
		]);
	});

	test('a script', async () => {
		const voiceSettings = { stability: 0, similarityBoost: 1 };
		const { input } = await createAndGetBody({ ...TEXT, voiceSettings });
		expect(input[1]).toEqual({
			type: 'text',
			provider: {
				name: 'elevenlabs',
				voiceId: 'EXAVITQu4vr4xnSDxMaL',
				script: 'Hello there',
				stability: 0,
				similarityBoost: 1,
			},
		});
	});

	test('a target language for dubbing', async () => {
		const body = await createAndGetBody({ audioSource: 'none', targetLanguage: 'de' });
		expect(body).toMatchObject({
			input: [VIDEO],
			dubParams: { providerName: 'elevenlabs', targetLang: 'de', sourceLang: 'auto' },
		});
	});

	test('a source language for dubbing', async () => {
		const body = await createAndGetBody({
			audioSource: 'none',
			targetLanguage: 'de',
			sourceLanguage: 'en',
		});
		expect(body).toMatchObject({ dubParams: { targetLang: 'de', sourceLang: 'en' } });
	});

	test('segments with scripts and options of their own', async () => {
		const { input, ...body } = await createAndGetBody({
			additionalFields: {
				segments: {
					segment: [
						{ startTime: 0, endTime: 2, refId: 'a', modelOptions: { syncMode: 'loop' } },
						{
							startTime: 2,
							endTime: 4,
							refId: 'b',
							modelOptions: {
								activeSpeaker: { speaker: { way: 'point', frameNumber: 3, x: 10, y: 20 } },
								temperature: 0.2,
							},
						},
					],
				},
				moreScripts: {
					script: [
						{ refId: 'a', script: 'A question?', voiceId: VOICES.sarah },
						{ refId: 'b', script: 'An answer.', voiceId: VOICES.clone },
					],
				},
			},
		});
		expect(input).toEqual([
			VIDEO,
			{ ...AUDIO, refId: 'audio' },
			{
				type: 'text',
				refId: 'a',
				provider: { name: 'elevenlabs', voiceId: VOICES.sarah, script: 'A question?' },
			},
			{
				type: 'text',
				refId: 'b',
				provider: { name: 'elevenlabs', voiceId: VOICES.clone, script: 'An answer.' },
			},
		]);
		expect(body).toMatchObject({
			segments: [
				{ optionsOverride: { sync_mode: 'loop' } },
				{
					optionsOverride: {
						active_speaker_detection: { frame_number: 3, coordinates: [10, 20] },
						temperature: 0.2,
					},
				},
			],
		});
	});

	test('an image, detected from its URL or asset, or selected', async () => {
		const image = { model: 'sync-3', additionalFields: { visualKind: 'auto' } };
		await lab.create({ ...image, visualAssetId: byId(ASSETS.image) });
		const visualUrl = 'https://www.example.com/face.PNG?v=1';
		await lab.create({ ...image, visualSource: 'url', visualUrl });
		await lab.create({
			...image,
			additionalFields: { visualKind: 'image' },
			visualAssetId: byId(ASSETS.image),
		});
		const bodies = (await lab.listCreateRequests()).map(({ body }) => (body as never)['input'][0]);
		expect(bodies).toEqual([
			{ type: 'image', assetId: ASSETS.image },
			{ type: 'image', url: visualUrl },
			{ type: 'image', assetId: ASSETS.image },
		]);
	});

	test('segments with additional audio', async () => {
		const { input, ...body } = await createAndGetBody({
			additionalFields: {
				segments: {
					segment: [
						{ startTime: 0, endTime: 2, refId: 'audio', cropStart: 0, cropEnd: 0 },
						{ startTime: 2, endTime: 4.5, refId: 'b', cropStart: 1, cropEnd: 3 },
					],
				},
				moreAudios: {
					audio: [
						{ refId: 'b', source: 'https://www.example.com/b.mp3' },
						{ refId: 'c', source: ASSETS.voiceover },
					],
				},
			},
		});
		expect(input).toEqual([
			VIDEO,
			{ ...AUDIO, refId: 'audio' },
			{ type: 'audio', url: 'https://www.example.com/b.mp3', refId: 'b' },
			{ ...AUDIO, refId: 'c' },
		]);
		expect(body).toMatchObject({
			segments: [
				{ startTime: 0, endTime: 2, audioInput: { refId: 'audio' } },
				{ startTime: 2, endTime: 4.5, audioInput: { refId: 'b', startTime: 1, endTime: 3 } },
			],
		});
	});

	test('a file name, a project and a webhook', async () => {
		const additionalFields = {
			outputFileName: 'take_1.mp4',
			projectId: byId(PROJECT_ID),
			webhookUrl: 'https://n8n.example.com/webhook/a',
		};
		expect(await createAndGetBody({ additionalFields })).toMatchObject({
			outputFileName: 'take_1',
			projectId: PROJECT_ID,
			webhookUrl: 'https://n8n.example.com/webhook/a',
		});
	});
});

describe.each(['visual', 'audio'])('an ID in the field of the %s asset', (name) => {
	const createWithId = (id: unknown, more: object = {}) =>
		lab.create({ ...more, [`${name}AssetId`]: byId('={{ $json.id }}') }, inputs({ id }));

	test.each(['../x', 'a/b', 'a?x=1', '%2e%2e', 'ä', "it's(1)!*"])(
		'stays one path segment: %s',
		async (id) => {
			const { errors } = await createWithId(id, { additionalFields: { visualKind: 'auto' } });
			expect(errors).toEqual([
				expect.objectContaining({ [`${name}AssetId`]: id, errorCode: 'invalid_asset_id_format' }),
			]);
			const paths = (await lab.control.listRequests()).map(({ path }) => path);
			expect(paths).not.toContain('/v2/assets/x');
			expect(await lab.countCreated()).toBe(0);
		},
	);

	test.each([[''], [null], [7], [['a']], ['..'], ['a\nb'], ['x'.repeat(257)]])(
		'of %j is rejected, and nothing is requested',
		async (id) => {
			const { errors } = await createWithId(id);
			expect(errors).toEqual([
				expect.objectContaining({
					message: expect.stringMatching(
						/^(The asset ID is|“.*” is not an ID of an asset$)/,
					) as string,
				}),
			]);
			expect(await lab.listOperationIds()).toEqual([]);
		},
	);
});

describe('model options', () => {
	const point = { speaker: { way: 'point', frameNumber: 12, x: 640, y: 360 } };

	test.each([
		['lipsync-2', { syncMode: 'loop', temperature: 0 }, { sync_mode: 'loop', temperature: 0 }],
		['lipsync-1.9.0-beta', { occlusionDetection: true }, { occlusion_detection_enabled: true }],
		['react-1', { modelMode: 'head', prompt: 'sad' }, { model_mode: 'head', prompt: 'sad' }],
		[
			'sync-3',
			{ activeSpeaker: { speaker: { way: 'auto', v3: true } } },
			{ active_speaker_detection: { auto_detect: true, v3: true } },
		],
		[
			'sync-3',
			{ activeSpeaker: point },
			{ active_speaker_detection: { frame_number: 12, coordinates: [640, 360] } },
		],
		[
			'lipsync-2',
			{ activeSpeaker: { speaker: { way: 'boxes', boxesUrl: 'https://www.example.com/b.json' } } },
			{ active_speaker_detection: { bounding_boxes_url: 'https://www.example.com/b.json' } },
		],
	])('of %s: %j', async (model, modelOptions, options) => {
		expect((await createAndGetBody({ model, modelOptions })).options).toEqual(options);
	});

	test('that are hidden for the model are not sent', async () => {
		const body = await createAndGetBody({ model: 'sync-3', modelOptions: { temperature: 0.3 } });
		expect(body).not.toHaveProperty('options');
	});

	test('are checked if the model comes from an expression', async () => {
		const model = '={{ "sync-3" }}';
		const message = await createAndGetRefusal({ model, modelOptions: { temperature: 0.3 } });
		expect(message).toBe("The model sync-3 doesn't support 'Temperature'");
	});
});

describe('the model Automatic', () => {
	test('is lipsync-2 for a video', async () => {
		const body = await createAndGetBody({ model: 'auto', modelOptions: { temperature: 0.3 } });
		expect(body).toMatchObject({ model: 'lipsync-2', options: { temperature: 0.3 } });
	});

	test('is sync-3 for an image', async () => {
		const image = { visualAssetId: byId(ASSETS.image), additionalFields: { visualKind: 'auto' } };
		const body = await createAndGetBody({ ...image, model: 'auto' });
		expect(body).toMatchObject({ model: 'sync-3' });
	});

	test('is the default', async () => {
		const body = await createAndGetBody({ model: undefined });
		expect(body).toMatchObject({ model: 'lipsync-2' });
	});
});

describe('rejects, without creating anything,', () => {
	const image = {
		visualAssetId: byId(ASSETS.image),
		additionalFields: { visualKind: 'image' },
		model: 'sync-3',
	};
	const segment = (more: object = {}) => ({ startTime: 0, endTime: 2, refId: 'audio', ...more });
	const segments = (...all: object[]) => ({ additionalFields: { segments: { segment: all } } });
	const speaker = (more: object) => ({ modelOptions: { activeSpeaker: { speaker: more } } });

	test.each<[string, object, string]>([
		[
			'an image with a model that does not support it',
			{ ...image, model: 'lipsync-2' },
			"The model lipsync-2 doesn't support images",
		],
		[
			'an image for dubbing',
			{ ...image, audioSource: 'none', targetLanguage: 'de' },
			"An image can't be dubbed",
		],
		[
			'a sync mode with an image',
			{ ...image, modelOptions: { syncMode: 'loop' } },
			"'Sync Mode' doesn't apply to images",
		],
		[
			'speaker detection in an image',
			{ ...image, ...speaker({ way: 'auto' }) },
			'Speaker detection requires a video, not an image',
		],
		[
			'a later frame of an image',
			{ ...image, ...speaker({ way: 'point', frameNumber: 1 }) },
			'An image has no frame 1',
		],
		[
			'audio as the video',
			{ visualAssetId: byId(ASSETS.voiceover), additionalFields: { visualKind: 'auto' } },
			'The file for the video or image is audio',
		],
		[
			'an image as the audio',
			{ audioSource: 'url', audioUrl: 'https://www.example.com/a.png' },
			'The file for the audio is an image',
		],
		[
			'a missing asset',
			{ visualAssetId: byId(MISSING_ASSET_ID), additionalFields: { visualKind: 'auto' } },
			'Asset not found',
		],
		[
			'an invalid URL',
			{ audioSource: 'url', audioUrl: '={{ "www.example.com" }}' },
			"'Audio URL' is not a valid URL",
		],
		['an empty script', { ...TEXT, script: '={{ "" }}' }, "'Script' is empty"],
		[
			'a script that is too long',
			{ ...TEXT, script: 'a'.repeat(5001) },
			'The script has 5001 characters, but sync.so accepts up to 5000',
		],
		[
			'a script that is not text',
			{ ...TEXT, script: '={{ [1] }}' },
			"'Script' has to be text, not [1]",
		],
		[
			'an unknown language',
			{ audioSource: 'none', targetLanguage: '={{ "klingon" }}' },
			"'Target Language' is not supported: klingon",
		],
		[
			'a segment without a length',
			segments(segment({ endTime: 0 })),
			'A segment starts at 0 s, but ends at 0 s',
		],
		[
			'segments that overlap',
			segments(segment({ startTime: 1, endTime: 3 }), segment()),
			'A segment starts at 1 s, before the previous one has ended',
		],
		[
			'a segment with an unknown audio',
			segments(segment({ refId: 'b' })),
			"There is no audio with the reference ID 'b'",
		],
		[
			'a crop without an end',
			segments(segment({ cropStart: 2, cropEnd: 0 })),
			"A segment has 'Audio Start (Seconds)', but no 'Audio End (Seconds)'",
		],
		[
			'segments with dubbing',
			{ ...segments(segment()), audioSource: 'none', targetLanguage: 'de' },
			"Dubbing doesn't support segments",
		],
		[
			'additional audio without segments',
			{ additionalFields: { moreAudios: { audio: [{ refId: 'b', source: ASSETS.voiceover }] } } },
			"'Additional Audios' and 'Additional Scripts' are only used by segments",
		],
		[
			'an additional script that is empty',
			{
				additionalFields: {
					moreScripts: { script: [{ refId: 'b', script: '={{ undefined }}', voiceId: 'v' }] },
				},
			},
			"'Script' is empty",
		],
		[
			'an additional script with an invalid voice ID',
			{
				additionalFields: {
					moreScripts: { script: [{ refId: 'b', script: 'Hi', voiceId: 'a b' }] },
				},
			},
			'“a b” is not an ID of a voice',
		],
		[
			'an option of a segment that the model does not support',
			{
				...segments(segment({ modelOptions: { occlusionDetection: true } })),
				model: '={{ "sync-3" }}',
			},
			"The model sync-3 doesn't support 'Occlusion Detection'",
		],
		[
			'the same source and target language',
			{ audioSource: 'none', targetLanguage: 'de', sourceLanguage: 'de' },
			"'Source Language' and 'Target Language' are the same: de",
		],
		[
			'an empty source language',
			{ audioSource: 'none', targetLanguage: 'de', sourceLanguage: '={{ null }}' },
			"'Source Language' is empty",
		],
		[
			'an invalid project ID',
			{ additionalFields: { projectId: byId('marketing') } },
			"'Project' is not a project ID: marketing",
		],
		[
			'a long name',
			{ additionalFields: { outputFileName: 'a'.repeat(256) } },
			"'Output File Name' has 256 characters, but sync.so accepts up to 255",
		],
		[
			'a webhook without HTTPS',
			{ additionalFields: { webhookUrl: 'http://n8n.example.com/a' } },
			"'Webhook URL' doesn't start with https://",
		],
		[
			'a negative maximum cost',
			{ options: { maxCost: -1 } },
			"'Max Cost (USD)' has to be a number of 0 or more, not -1",
		],
	])('%s', async (_what, more, message) => {
		expect(await createAndGetRefusal(more)).toBe(message);
	});

	test('Resume by Webhook for several items', async () => {
		const { errors } = await lab.create({ wait: 'webhook' }, inputs({}, {}));
		expect(errors.map(({ message }) => message)).toEqual(
			Array(2).fill("'Resume by Webhook' works for one item, but there are 2"),
		);
		expect(await lab.listCreateRequests()).toEqual([]);
	});
});

describe('a webhook', () => {
	test('may be on this machine if the API is', async () => {
		const webhookUrl = 'http://localhost:5678/webhook/a';
		expect(await createAndGetBody({ additionalFields: { webhookUrl } })).toMatchObject({
			webhookUrl,
		});
	});

	test('that resumes the execution is the resume URL of n8n', async () => {
		const body = await createAndGetBody({ wait: 'webhook' });
		expect(body).toMatchObject({
			webhookUrl: expect.stringMatching(
				/^http:\/\/localhost\/webhook-waiting\/\d+\?(signature=.*&)?idempotencyKey=\w+$/,
			) as string,
		});
	});

	test('that sync.so cannot reach is rejected', async () => {
		const credential = { ...CREDENTIAL, baseUrl: 'https://api.sync.so' };
		const json = lab.buildWorkflow({ wait: 'webhook' });
		const { getItems } = await runWorkflow(json, inputs({}), credential);
		expect(getItems(SYNC_NODE, 1).map(({ json: { error } }) => error)).toEqual([
			expect.objectContaining({
				message: "sync.so can't reach this n8n at http://localhost",
				hint: expect.stringContaining('WEBHOOK_URL') as string,
			}),
		]);
	});

	test("from 'Webhook URL' can't be combined with Resume by Webhook", async () => {
		const additionalFields = { webhookUrl: 'https://n8n.example.com/a' };
		expect(await createAndGetRefusal({ wait: 'webhook', additionalFields })).toBe(
			"'Resume by Webhook' and 'Webhook URL' can't be used together",
		);
	});
});

describe('with Wait Until Finished', () => {
	test('waits for the video by default', async () => {
		const { results } = await lab.create({ wait: undefined });
		expect(results).toMatchObject([{ status: 'COMPLETED' }]);
	});

	test('waits for the video and puts it into a field', async () => {
		const { out } = await lab.create({
			wait: 'inNode',
			downloadOutput: true,
			binaryPropertyName: 'film',
			simplify: true,
			options: { includeCost: true },
		});
		expect(out).toEqual([
			expect.objectContaining({
				json: expect.objectContaining({
					status: 'COMPLETED',
					outputUrl: expect.stringContaining('http') as string,
					costs: expect.objectContaining({ currency: 'USD' }) as object,
				}) as object,
				binary: { film: expect.objectContaining({ mimeType: 'video/mp4' }) as object },
			}),
		]);
	});

	test.each(['FAILED', 'REJECTED'] as const)(
		'a generation that is %s is an error with its ID',
		async (status) => {
			await lab.control.addOutcome({
				status,
				errorCode: 'generation_input_video_inaccessible',
				error: 'can not be fetched',
			});
			const { errors } = await lab.create({ wait: 'inNode' });
			expect(errors).toEqual([
				expect.objectContaining({
					generationId: expect.any(String) as string,
					errorCode: 'generation_input_video_inaccessible',
					hint: expect.stringContaining('upload the file as an asset') as string,
				}),
			]);
		},
	);

	test('a failed generation is an item with Return Item', async () => {
		await lab.control.addOutcome({ status: 'FAILED', errorCode: 'generation_unknown_error' });
		const { results } = await lab.create({ wait: 'inNode', ifFailed: 'returnItem' });
		expect(results).toEqual([
			expect.objectContaining({ status: 'FAILED', errorCode: 'generation_unknown_error' }),
		]);
	});
});

describe('files', () => {
	const binary = { audioSource: 'binary', audioFieldName: 'data' };
	const both = {
		...binary,
		visualSource: 'binary',
		visualFieldName: 'film',
		additionalFields: { visualKind: 'auto' },
	};
	const createItems = async () => {
		const sound = await createFileItem();
		const film = await createFileItem({ name: 'film.mp4', mimeType: 'video/mp4' });
		return [{ ...sound, binary: { ...sound.binary, film: film.binary?.data as never } }];
	};

	test('are uploaded as assets first, and reused', async () => {
		await lab.create(both, await createItems());
		await lab.create(both, await createItems());
		const [first, second] = (await lab.listCreateRequests()).map(({ body }) => body);
		expect(first).toMatchObject({
			input: [
				{ type: 'video', assetId: expect.any(String) as string },
				{ type: 'audio', assetId: expect.any(String) as string },
			],
		});
		expect(second).toEqual(first);
		expect((await lab.listOperationIds()).filter((id) => id === 'PutObject')).toHaveLength(2);
	});

	test('are sent in the request with Send Files in Request', async () => {
		const options = { createWithFiles: true };
		const { results } = await lab.create(
			{ ...both, options, modelOptions: { syncMode: 'loop' } },
			await createItems(),
		);
		expect(results).toHaveLength(1);
		const [{ body, headers }] = await lab.listCreateRequests();
		expect(await lab.listOperationIds()).toEqual(['createGeneration']);
		expect(headers).toHaveProperty('idempotency-key');
		expect(body).toMatchObject({
			model: 'lipsync-2',
			options: { sync_mode: 'loop' },
			files: [
				expect.objectContaining({ field: 'video', size: SOUND.length }),
				expect.objectContaining({ field: 'audio', size: SOUND.length }),
			],
		});
	});

	test('in a request that breaks off create one generation', async () => {
		const match = { operationId: 'createGeneration' };
		await lab.control.addFault({ match, kind: 'reset', after: true, times: 1 });
		const options = { createWithFiles: true, maxRetries: 1 };
		const { results } = await lab.create({ ...both, options }, await createItems());
		expect(results).toHaveLength(1);
		const [first, second] = await lab.listCreateRequests();
		expect(second.body).toEqual(first.body);
		expect(second.headers['content-length']).toEqual(first.headers['content-length']);
		expect(await lab.countCreated()).toBe(1);
	});

	test('over 20 MB are not sent in a request', async () => {
		const large = [await createFileItem({ content: Buffer.alloc(20_000_001) })];
		const { errors } = await lab.create({ ...binary, options: { createWithFiles: true } }, large);
		expect(errors).toEqual([
			expect.objectContaining({
				message: expect.stringContaining('but a request can hold 20 MB') as string,
				hint: expect.stringContaining("Turn off 'Send Files in Request'") as string,
			}),
		]);
		expect(await lab.listOperationIds()).toEqual([]);
	});

	test('that are missing are an error that names the field', async () => {
		const { errors } = await lab.create(binary);
		expect(errors).toEqual([
			expect.objectContaining({
				message: "The item has no file in 'data'. It has no files.",
				hint: expect.stringContaining("Set 'Audio Data Field Name'") as string,
			}),
		]);
		expect(await lab.listOperationIds()).toEqual([]);
	});
});
