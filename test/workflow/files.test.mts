import { createHash } from 'node:crypto';

import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { ASSETS, LIBRARY, MISSING_ASSET_ID, PROJECT_ID } from '../../sandbox/library.mts';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { contentOf, stored, useBinaryMode, type BinaryMode } from './binaryData.mts';
import { CREDENTIAL, runWorkflow } from './harness.mts';
import { GET, operationWorkflow } from './workflows.mts';

/** Half a second of sound: a WAV file of 16 bits, mono, 8000 samples a second. */
const SOUND = wav(4000);
const FILE = { name: 'hello.wav', mimeType: 'audio/wav' };

function wav(samples: number): Buffer {
	const header = Buffer.alloc(44);
	const size = samples * 2;
	header.write('RIFF');
	header.writeUInt32LE(36 + size, 4);
	header.write('WAVEfmt ', 8);
	header.writeUInt32LE(16, 16);
	header.writeUInt16LE(1, 20);
	header.writeUInt16LE(1, 22);
	header.writeUInt32LE(8000, 24);
	header.writeUInt32LE(16_000, 28);
	header.writeUInt16LE(2, 32);
	header.writeUInt16LE(16, 34);
	header.write('data', 36);
	header.writeUInt32LE(size, 40);
	return Buffer.concat([header, Buffer.alloc(size, 7)]);
}

describe.each(['default', 'filesystem'] as BinaryMode[])('files kept in mode %s', (mode) => {
	useBinaryMode(mode);
	let sandbox: Sandbox;

	beforeAll(async () => {
		sandbox = await startSandbox();
	});
	afterAll(async () => await sandbox.close());
	afterEach(async () => {
		const { violations } = await sandbox.control.totals();
		await sandbox.control.reset();
		expect(violations).toEqual([]);
	});

	/** Runs an operation for items; gives what came out of it, on both outputs. */
	async function run(parameters: INodeParameters, items: INodeExecutionData[]) {
		const credential = { ...CREDENTIAL, apiKey: sandbox.apiKey, baseUrl: sandbox.url };
		const result = await runWorkflow(operationWorkflow(parameters), items, credential);
		const errors = result.items(GET, 1).map(({ json }) => json.error as IDataObject);
		return { out: result.items(GET), errors };
	}

	/** Uploads one file; `options` are those of the node. */
	async function upload(
		options: INodeParameters = {},
		{ content = SOUND, name = FILE.name, mimeType = FILE.mimeType } = {},
		more: INodeParameters = {},
	) {
		const binary = { data: await stored(content, name, mimeType) };
		const parameters = { operation: 'upload', ...more, options: { maxRetries: 1, ...options } };
		return await run(parameters, [{ json: {}, binary, pairedItem: { item: 0 } }]);
	}

	const download = async (assetId: string, options: INodeParameters = {}) =>
		await run({ operation: 'download', assetId, options: { maxRetries: 1, ...options } }, [
			{ json: {}, pairedItem: { item: 0 } },
		]);

	/** What was asked for, in order. */
	const asked = async () =>
		(await sandbox.control.requests()).map(({ operationId }) => operationId);

	const ALL_STEPS = ['findUploadedAsset', 'createAssetUpload', 'PutObject', 'createAsset'];

	describe('Upload', () => {
		test('sends the file and gives the asset that it became', async () => {
			const { out, errors } = await upload();
			expect(errors).toEqual([]);
			expect(out).toEqual([
				{
					json: expect.objectContaining({
						name: 'hello.wav',
						type: 'AUDIO',
						size: SOUND.length,
						durationSeconds: 0.5,
						visibility: 'USER',
						reused: false,
					}) as IDataObject,
					pairedItem: { item: 0 },
				},
			]);
			expect(await asked()).toEqual(ALL_STEPS);
			const put = (await sandbox.control.requests())[2];
			const sha256 = createHash('sha256').update(SOUND).digest('hex');
			expect(put.body).toEqual({ size: SOUND.length, sha256 });
			expect(put.headers).toMatchObject({ 'content-length': `${SOUND.length}` });
		});

		test('gives the asset of the same file when it was uploaded before', async () => {
			const [first] = (await upload()).out;
			const { out } = await upload();
			expect(out[0].json).toEqual({ ...first.json, reused: true });
			expect((await asked()).slice(ALL_STEPS.length)).toEqual(['findUploadedAsset']);
		});

		test('sends the same file again when told to', async () => {
			await upload();
			const { out } = await upload({ reuseExisting: false });
			expect(out[0].json.reused).toBe(false);
			expect((await asked()).slice(ALL_STEPS.length)).toEqual(ALL_STEPS.slice(1));
		});

		test('takes name, visibility and project from the fields', async () => {
			const additionalFields = {
				name: 'Greeting',
				visibility: 'ORGANIZATION',
				projectId: { __rl: true, mode: 'list', value: PROJECT_ID },
			};
			const { out } = await upload({}, {}, { additionalFields });
			expect(out[0].json).toMatchObject({ ...additionalFields, projectId: PROJECT_ID });
		});

		test.each([
			['a MIME type that says nothing', 'application/octet-stream', 'take.mp4', 'VIDEO'],
			['a MIME type of an image', 'image/png', 'x', 'IMAGE'],
		])('tells the type by the name or %s', async (_what, mimeType, name, type) => {
			const { out } = await upload({}, { mimeType, name });
			expect(out[0].json.type).toBe(type);
		});

		test('takes the chosen type for a file of any kind', async () => {
			const { out } = await upload({}, { mimeType: 'text/x-unknown' }, { type: 'VIDEO' });
			expect(out[0].json.type).toBe('VIDEO');
		});

		test.each([
			['a file of another kind', { mimeType: 'application/pdf', name: 'a.pdf' }, {}, /neither/],
			['an empty file', { content: Buffer.alloc(0) }, {}, /is empty/],
			[
				'a field without a file',
				{},
				{ binaryPropertyName: 'video' },
				/no file in the field “video”/,
			],
		])('refuses %s before anything is sent', async (_what, file, more, message) => {
			const { out, errors } = await upload({}, file, more);
			expect(out).toEqual([]);
			expect(errors).toEqual([expect.objectContaining({ statusCode: 0 })]);
			expect(errors[0].message).toMatch(message);
			expect(await asked()).toEqual([]);
		});

		test.each(['reset', 'cut'] as const)(
			'begins again when the connection breaks on the way: %s',
			async (kind) => {
				const match = { operationId: 'PutObject' };
				await sandbox.control.addFault({ kind, match, afterBytes: 100, times: 1 });
				const { out } = await upload();
				expect(out[0].json).toMatchObject({ size: SOUND.length, reused: false });
				expect((await asked()).filter((one) => one === 'createAsset')).toHaveLength(1);
			},
		);

		test('asks for a new address, once, when that of the upload has expired', async () => {
			await sandbox.control.configure({ uploadExpiresIn: 0 });
			const { errors } = await upload();
			expect(errors[0].message).toMatch(/^The file could not be sent: .*expired/);
			expect(errors[0].statusCode).toBe(403);
			expect(await asked()).toEqual([
				'findUploadedAsset',
				'createAssetUpload',
				'PutObject',
				'createAssetUpload',
				'PutObject',
			]);
		});

		test('goes on with the new address', async () => {
			const body = '<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>';
			const match = { operationId: 'PutObject' };
			await sandbox.control.addFault({ kind: 'status', status: 403, body, match, times: 1 });
			const { out } = await upload();
			expect(out[0].json.reused).toBe(false);
		});

		test('registers without the digest where the API does not know it', async () => {
			await sandbox.control.configure({ digestAtRegistration: 'refused' });
			const { out } = await upload();
			expect(out[0].json.reused).toBe(false);
			expect((await asked()).slice(-2)).toEqual(['createAsset', 'createAsset']);
			const { violations } = await sandbox.control.totals();
			expect(violations).toEqual([expect.stringContaining('contentSha256')]);
			await sandbox.control.reset();
		});

		test.each([
			['createAssetUpload', 'sync.so gave no address to send the file to: '],
			['PutObject', 'The file could not be sent: '],
			['createAsset', 'The file was sent, but not registered as an asset: '],
		])('says that %s was the step that failed, and goes no further', async (operationId, step) => {
			const match = { operationId };
			await sandbox.control.addFault({ kind: 'status', status: 500, body: 'x', match });
			const { out, errors } = await upload();
			expect(out).toEqual([]);
			expect(errors[0]).toMatchObject({ statusCode: 500, fileName: 'hello.wav' });
			expect(errors[0].message).toMatch(new RegExp(`^${step}`));
			expect((await asked()).filter((one) => one === operationId)).toHaveLength(1);
			expect((await asked()).at(-1)).toBe(operationId);
		});

		test('gives the words of the API when the plan does not allow the size', async () => {
			await sandbox.control.configure({ planFileSizeLimit: 100 });
			const { errors } = await upload();
			expect(errors[0]).toMatchObject({
				statusCode: 422,
				errorCode: 'file_size_exceeds_plan_limit',
			});
		});

		test('uploads many files, a few at once', async () => {
			await sandbox.control.configure({ uploadsPerMinute: null, latencyMs: 20 });
			const items = await Promise.all(
				Array.from({ length: 12 }, async (_value, index) => ({
					json: {},
					binary: { data: await stored(wav(100 + index), `${index}.wav`, 'audio/wav') },
					pairedItem: { item: index },
				})),
			);
			const { out } = await run({ operation: 'upload', options: {} }, items);
			expect(out.map(({ json }) => json.name)).toEqual(items.map((_item, index) => `${index}.wav`));
			expect((await sandbox.control.totals()).peakInFlight).toBe(4);
		});
	});

	describe('Find by File', () => {
		const find = async () => {
			const binary = { data: await stored(SOUND, FILE.name, FILE.mimeType) };
			const items = [{ json: {}, binary, pairedItem: { item: 0 } }];
			return await run({ operation: 'findByFile', options: {} }, items);
		};

		test('finds the asset that the file became', async () => {
			const [{ json }] = (await upload()).out;
			const { out } = await find();
			expect(out[0].json).toMatchObject({ id: json.id, found: true });
		});

		test('says that there is none', async () => {
			const { out } = await find();
			const contentSha256 = createHash('sha256').update(SOUND).digest('hex');
			expect(out[0].json).toMatchObject({ id: null, found: false, contentSha256 });
		});
	});

	describe('Download', () => {
		test('gives the very file, with its name, kind and size, beside the facts', async () => {
			const [{ json }] = (await upload()).out;
			const { out } = await download(json.id as string);
			const binary = out[0].binary?.data;
			expect(binary).toMatchObject({
				fileName: 'hello.wav',
				mimeType: 'audio/wav',
				fileExtension: 'wav',
				bytes: SOUND.length,
			});
			expect(binary && (await contentOf(binary)).equals(SOUND)).toBe(true);
			expect(out[0].json).toMatchObject({ id: json.id, durationSeconds: 0.5 });
			expect(out[0].pairedItem).toEqual({ item: 0 });
		});

		test('names a file without a name by its ID and format', async () => {
			const { out } = await download(ASSETS.nameless);
			expect(out[0].binary?.data.fileName).toBe(`${ASSETS.nameless}.mp4`);
		});

		test('puts the file in the field of the chosen name', async () => {
			const parameters = {
				operation: 'download',
				assetId: ASSETS.image,
				binaryPropertyName: 'image',
			};
			const { out } = await run({ ...parameters, options: {} }, [{ json: {} }]);
			expect(Object.keys(out[0].binary ?? {})).toEqual(['image']);
		});

		test('gets a file again that broke off in the middle', async () => {
			await sandbox.control.addFault({
				kind: 'cut',
				match: { operationId: 'GetObject' },
				times: 1,
			});
			const { out } = await download(ASSETS.image);
			expect(out).toHaveLength(1);
			expect((await asked()).filter((one) => one === 'GetObject')).toHaveLength(2);
		});

		test('gives no part of a file that always breaks off', async () => {
			await sandbox.control.addFault({ kind: 'cut', match: { operationId: 'GetObject' } });
			const { out, errors } = await download(ASSETS.image);
			expect(out).toEqual([]);
			expect(errors[0]).toMatchObject({
				message: 'The connection to sync.so broke',
				assetId: ASSETS.image,
			});
		});

		test('asks for a new address, once, when that of the download has expired', async () => {
			await sandbox.control.configure({ downloadExpiresIn: 0 });
			const { errors } = await download(ASSETS.image);
			expect(errors[0].statusCode).toBe(403);
			expect((await asked()).filter((one) => one === 'getAssetDownloadUrl')).toHaveLength(2);
		});

		test('refuses a file that is larger than allowed, without getting it', async () => {
			const asset = await sandbox.control.addStoredAsset({
				size: 2_000_000,
				type: 'VIDEO',
				name: 'long.mp4',
			});
			const { out, errors } = await download(asset.id, { maxSize: 1 });
			expect(out).toEqual([]);
			expect(errors[0].message).toBe(
				'The file “long.mp4” has 2 MB, more than the 1 MB of Max Size',
			);
		});

		test('says that an asset is missing', async () => {
			const { errors } = await download(MISSING_ASSET_ID);
			expect(errors[0]).toMatchObject({ statusCode: 404, errorCode: 'asset_not_found' });
		});

		test.each([
			['no text', { url: 'https://x' }],
			['an address without encryption', 'http://files.example.com/a.mp4'],
			['an address of another kind', 'file:///etc/passwd'],
			['no address', 'x'],
		])('goes nowhere when the API gives %s', async (_what, body) => {
			const match = { operationId: 'getAssetDownloadUrl' };
			await sandbox.control.addFault({ kind: 'status', status: 200, body, match });
			const { errors } = await download(LIBRARY[0].id);
			expect(errors[0].message).toBe('sync.so gave no usable address for the file');
		});
	});
});
