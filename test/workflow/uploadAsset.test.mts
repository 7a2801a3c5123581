import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import { PROJECT_ID } from '../../sandbox/project/fixtures.mts';
import { BINARY_MODES, buildWav, createFileItem, FileLab, SOUND } from './fileLab.mts';

const ALL_STEPS = ['findUploadedAsset', 'createAssetUpload', 'PutObject', 'createAsset'];

describe.each(BINARY_MODES)('Upload of a file stored in mode %s', (mode) => {
	const lab = new FileLab(mode);

	test('sends the file and outputs the new asset', async () => {
		const { out, errors } = await lab.upload();
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
		expect(await lab.listOperationIds()).toEqual(ALL_STEPS);
		const put = (await lab.control.listRequests())[2];
		const sha256 = createHash('sha256').update(SOUND).digest('hex');
		expect(put.body).toEqual({ size: SOUND.length, sha256 });
		expect(put.headers).toMatchObject({ 'content-length': `${SOUND.length}` });
	});

	test('outputs the existing asset if the file was uploaded before', async () => {
		const [first] = (await lab.upload()).out;
		const { out } = await lab.upload();
		expect(out[0].json).toEqual({ ...first.json, reused: true });
		expect((await lab.listOperationIds()).slice(ALL_STEPS.length)).toEqual(['findUploadedAsset']);
	});

	test('sends the same file again without Reuse Existing', async () => {
		await lab.upload();
		const { out } = await lab.upload({ reuseExisting: false });
		expect(out[0].json.reused).toBe(false);
		expect((await lab.listOperationIds()).slice(ALL_STEPS.length)).toEqual(ALL_STEPS.slice(1));
	});

	test('sends identical files of a run once and outputs the same asset for each item', async () => {
		const items = await Promise.all(Array.from({ length: 8 }, async () => await createFileItem()));
		const { out } = await lab.run({ operation: 'upload', options: {} }, items);
		expect(await lab.listOperationIds()).toEqual(ALL_STEPS);
		expect(new Set(out.map(({ json }) => json.id)).size).toBe(1);
		expect(out.filter(({ json }) => !json.reused)).toHaveLength(1);
	});

	test('creates two assets if a file is uploaded as two types', async () => {
		const items = await Promise.all(
			['AUDIO', 'VIDEO'].map(async (type) => ({ ...(await createFileItem()), json: { type } })),
		);
		const parameters = { operation: 'upload', type: '={{ $json.type }}', options: {} };
		const { out } = await lab.run(parameters, items);
		expect(out.map(({ json }) => json.type)).toEqual(['AUDIO', 'VIDEO']);
		expect((await lab.listOperationIds()).filter((one) => one === 'PutObject')).toHaveLength(2);
	});

	test('lists the fields that were not applied to a reused asset', async () => {
		const fields = { name: 'First', visibility: 'ORGANIZATION' };
		const [first] = (await lab.upload({}, {}, { additionalFields: fields })).out;
		const additionalFields = { ...fields, name: 'Second', projectId: PROJECT_ID };
		const [second] = (await lab.upload({}, {}, { additionalFields })).out;
		expect(first.json.notApplied).toEqual([]);
		expect(second.json).toEqual({
			...first.json,
			reused: true,
			notApplied: ['name', 'projectId'],
		});
	});

	test.each([
		['a storage error', 500, 'InternalError'],
		['a transfer that is too slow for the storage', 400, 'RequestTimeout'],
	])('starts over after %s', async (_what, status, code) => {
		const body = `<Error><Code>${code}</Code><Message>Again</Message></Error>`;
		const match = { operationId: 'PutObject' };
		await lab.control.addFault({ kind: 'status', status, body, match, times: 1 });
		const { out } = await lab.upload();
		expect(out[0].json.reused).toBe(false);
		expect((await lab.listOperationIds()).filter((one) => one === 'createAsset')).toHaveLength(1);
	});

	test('does not start over after another 400 from the storage', async () => {
		const body = '<Error><Code>BadDigest</Code><Message>No</Message></Error>';
		const match = { operationId: 'PutObject' };
		await lab.control.addFault({ kind: 'status', status: 400, body, match });
		const { errors } = await lab.upload();
		expect(errors).toMatchObject([{ statusCode: 400, errorCode: 'BadDigest' }]);
		expect((await lab.listOperationIds()).filter((one) => one === 'PutObject')).toHaveLength(1);
	});

	test('sends the name, visibility and project', async () => {
		const additionalFields = {
			name: 'Greeting',
			visibility: 'ORGANIZATION',
			projectId: { __rl: true, mode: 'list', value: PROJECT_ID },
		};
		const { out } = await lab.upload({}, {}, { additionalFields });
		expect(out[0].json).toMatchObject({ ...additionalFields, projectId: PROJECT_ID });
	});

	test.each([
		['a generic MIME type', 'application/octet-stream', 'take.mp4', 'VIDEO'],
		['the MIME type of a container', 'application/mp4', 'take.m4a', 'AUDIO'],
		['a MIME type with parameters', 'application/ogg; codecs=opus', 'take.ogg', 'AUDIO'],
		['the MIME type of an image', 'image/png', 'x', 'IMAGE'],
	])('detects the type from the name and %s', async (_what, mimeType, name, type) => {
		const { out } = await lab.upload({}, { mimeType, name });
		expect(out[0].json.type).toBe(type);
	});

	test('uses the selected type for any file', async () => {
		const { out } = await lab.upload({}, { mimeType: 'text/x-unknown' }, { type: 'VIDEO' });
		expect(out[0].json.type).toBe('VIDEO');
	});

	test.each([
		[
			'a file of an unsupported type',
			{ mimeType: 'application/pdf', name: 'a.pdf' },
			{},
			/is not a video, audio or image file/,
		],
		['an empty file', { content: Buffer.alloc(0) }, {}, /is empty/],
		[
			'a field without a file',
			{},
			{ binaryPropertyName: 'video' },
			/no file in 'video'\. It has: data\./,
		],
	])('rejects %s before anything is sent', async (_what, file, more, message) => {
		const { out, errors } = await lab.upload({}, file, more);
		expect(out).toEqual([]);
		expect(errors).toEqual([expect.objectContaining({ statusCode: 0 })]);
		expect(errors[0].message).toMatch(message);
		expect(await lab.listOperationIds()).toEqual([]);
	});

	test.each(['reset', 'cut'] as const)('starts over if the connection breaks: %s', async (kind) => {
		const match = { operationId: 'PutObject' };
		await lab.control.addFault({ kind, match, afterBytes: 100, times: 1 });
		const { out } = await lab.upload();
		expect(out[0].json).toMatchObject({ size: SOUND.length, reused: false });
		expect((await lab.listOperationIds()).filter((one) => one === 'createAsset')).toHaveLength(1);
	});

	test('ends an upload that stalls', async () => {
		await lab.control.addFault({ kind: 'hang', match: { operationId: 'PutObject' } });
		const { errors } = await lab.upload({ timeout: 1, maxRetries: 0 });
		expect(errors[0].message).toBe(
			`The file could not be uploaded: ${lab.storageHost} did not respond in time`,
		);
	});

	test('requests a new URL once if the upload URL has expired', async () => {
		await lab.control.configure({ uploadExpiresIn: 0 });
		const { errors } = await lab.upload();
		expect(errors[0].message).toMatch(/^The file could not be uploaded: .*expired/);
		expect(errors[0].statusCode).toBe(403);
		expect(await lab.listOperationIds()).toEqual([
			'findUploadedAsset',
			'createAssetUpload',
			'PutObject',
			'createAssetUpload',
			'PutObject',
		]);
	});

	test('continues with the new URL', async () => {
		const body = '<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>';
		const match = { operationId: 'PutObject' };
		await lab.control.addFault({ kind: 'status', status: 403, body, match, times: 1 });
		const { out } = await lab.upload();
		expect(out[0].json.reused).toBe(false);
	});

	test('registers the asset without the digest if the API does not support it', async () => {
		await lab.control.configure({ digestAtRegistration: 'refused' });
		const { out } = await lab.upload();
		expect(out[0].json.reused).toBe(false);
		expect((await lab.listOperationIds()).slice(-2)).toEqual(['createAsset', 'createAsset']);
		const { violations } = await lab.control.getTotals();
		expect(violations).toEqual([expect.stringContaining('contentSha256')]);
		await lab.control.reset();
	});

	test.each([
		['createAssetUpload', 'sync.so provided no upload URL for the file: '],
		['PutObject', 'The file could not be uploaded: '],
		['createAsset', 'The file was uploaded, but could not be registered as an asset: '],
	])('stops after %s fails and says which step it was', async (operationId, step) => {
		const match = { operationId };
		await lab.control.addFault({ kind: 'status', status: 500, body: 'x', match });
		const { out, errors } = await lab.upload();
		expect(out).toEqual([]);
		expect(errors[0]).toMatchObject({ statusCode: 500, fileName: 'hello.wav' });
		expect(errors[0].message).toMatch(new RegExp(`^${step}`));
		expect((await lab.listOperationIds()).at(-1)).toBe(operationId);
	});

	test("reports the API's error if the plan does not allow the file size", async () => {
		await lab.control.configure({ planFileSizeLimit: 100 });
		const { errors } = await lab.upload();
		expect(errors[0]).toMatchObject({
			statusCode: 422,
			errorCode: 'file_size_exceeds_plan_limit',
		});
	});

	test('uploads many files, four at a time', async () => {
		await lab.control.configure({ uploadsPerMinute: null, latencyMs: 20 });
		const items = await Promise.all(
			Array.from({ length: 12 }, async (_value, index) => ({
				...(await createFileItem({ content: buildWav(100 + index), name: `${index}.wav` })),
				pairedItem: { item: index },
			})),
		);
		const { out } = await lab.run({ operation: 'upload', options: {} }, items);
		expect(out.map(({ json }) => json.name)).toEqual(items.map((_item, index) => `${index}.wav`));
		expect((await lab.control.getTotals()).peakInFlight).toBe(4);
	});
});
