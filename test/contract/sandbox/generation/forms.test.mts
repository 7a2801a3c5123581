import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';

import { ASSETS } from '../../../../sandbox/asset/fixtures.mts';
import type { Asset } from '../../../../sandbox/asset/types.mts';
import type { Generation } from '../../../../sandbox/generation/types.mts';
import { samplePath } from '../../../../sandbox/storage/sampleFiles.mts';
import { ApiLab, type ApiResponse } from '../apiLab.mts';

const api = new ApiLab();

const CONTENT = new Uint8Array(readFileSync(samplePath('mp4')));
const VIDEO = new File([CONTENT], 'My take.mp4', { type: 'video/mp4' });
const AUDIO = JSON.stringify({ type: 'audio', assetId: ASSETS.voiceover });

/** Creates a generation from a form. @param fields pairs of a name and a value */
const send = async (
	fields: Array<[string, string | File]>,
	headers: Record<string, string> = {},
): Promise<ApiResponse<Generation>> => {
	const body = new FormData();
	for (const [name, value] of fields) body.append(name, value as string);
	return await api.request<Generation>('/v2/generate', { method: 'POST', body, headers });
};

const FIELDS: Array<[string, string | File]> = [
	['video', VIDEO],
	['model', 'lipsync-2'],
	['input', `[${AUDIO}]`],
];

const countAssets = async (): Promise<number> =>
	(await api.request<number>('/v2/assets/count')).body;

test('a file becomes an asset and an input', async () => {
	const { status, body } = await send([...FIELDS, ['options', '{"sync_mode":"loop"}']]);
	expect(status).toBe(201);
	expect(body).toMatchObject({
		model: 'lipsync-2',
		options: { sync_mode: 'loop' },
		input: [{ type: 'video' }, JSON.parse(AUDIO)],
	});
	const { assetId } = body.input[0] as { assetId: string };
	const asset = (await api.request<Asset>(`/v2/assets/${assetId}`)).body;
	expect(asset).toMatchObject({
		type: 'VIDEO',
		name: 'My take.mp4',
		format: 'mp4',
		size: CONTENT.length,
		durationSeconds: 2,
		inputType: 'UPLOAD',
	});
	const file = await fetch(await api.getDownloadUrl(assetId));
	expect(new Uint8Array(await file.arrayBuffer())).toEqual(CONTENT);
});

test('inputs can be sent one by one', async () => {
	const video = JSON.stringify({ type: 'video', assetId: ASSETS.interview });
	const { body } = await send([
		['model', 'lipsync-2'],
		['input', video],
		['input', AUDIO],
	]);
	expect(body.input).toEqual([JSON.parse(video), JSON.parse(AUDIO)]);
});

test('a form with files needs no other input', async () => {
	const audio = new File([new Uint8Array(readFileSync(samplePath('wav')))], 'a.wav');
	const { body } = await send([...FIELDS.slice(0, 2), ['audio', audio]]);
	expect(body.input.map(({ type }) => type)).toEqual(['video', 'audio']);
});

test('the request log contains the fields of a form and a description of its files', async () => {
	await send(FIELDS);
	const [{ body }] = await api.control.listRequests();
	expect(body).toEqual({
		model: 'lipsync-2',
		input: [JSON.parse(AUDIO)],
		files: [
			{
				field: 'video',
				name: 'My take.mp4',
				contentType: 'video/mp4',
				size: CONTENT.length,
				sha256: createHash('sha256').update(CONTENT).digest('hex'),
			},
		],
	});
});

test('a form with an Idempotency-Key creates a generation and its assets once', async () => {
	const before = await countAssets();
	const key = { 'idempotency-key': 'k-1' };
	const [first, second] = await Promise.all([send(FIELDS, key), send(FIELDS, key)]);
	expect(second).toMatchObject({ status: 201, body: first.body });
	expect(await countAssets()).toBe(before + 1);
	const other = new File([CONTENT.slice(1)], VIDEO.name, { type: VIDEO.type });
	expect((await send([['video', other], ...FIELDS.slice(1)], key)).status).toBe(409);
});

test('a file and a video input are too many visuals', async () => {
	const video = JSON.stringify([{ type: 'video', assetId: ASSETS.interview }, JSON.parse(AUDIO)]);
	const { status, body } = await send([...FIELDS.slice(0, 2), ['input', video]]);
	expect({ status, code: body.errorCode }).toEqual({
		status: 422,
		code: 'generation_input_too_many_visual',
	});
});

test('a file that is too large for the plan is rejected', async () => {
	await api.control.configure({ planFileSizeLimit: CONTENT.length - 1 });
	const { status, body } = await send(FIELDS);
	expect({ status, code: body.errorCode }).toEqual({
		status: 422,
		code: 'file_size_exceeds_plan_limit',
	});
});

test.each([
	['four files', [...FIELDS, ...FIELDS, ...FIELDS, ...FIELDS]],
	['a field of more than a megabyte', [...FIELDS, ['outputFileName', 'x'.repeat(2 ** 20 + 1)]]],
	['33 fields', Array.from({ length: 33 }, () => FIELDS[1])],
] as Array<[string, typeof FIELDS]>)('a form with %s is too large', async (_what, fields) => {
	const { status, body } = await send(fields);
	expect({ status, code: body.errorCode }).toEqual({
		status: 413,
		code: 'generation_input_validation_failed',
	});
});

test.each([
	['broken JSON', [FIELDS[0], FIELDS[1], ['input', '[{']]],
	['no model', [FIELDS[0], FIELDS[2]]],
	['a file in an unknown field', [...FIELDS, ['film', VIDEO]]],
] as Array<[string, typeof FIELDS]>)(
	'a form with %s violates the contract',
	async (_what, fields) => {
		expect((await send(fields)).status).toBe(400);
		expect(await api.takeViolations()).toHaveLength(1);
	},
);

test('a form that is not multipart violates the contract', async () => {
	const headers = { 'content-type': 'multipart/form-data; boundary=x' };
	const body = 'not multipart';
	expect((await api.request('/v2/generate', { method: 'POST', headers, body })).status).toBe(400);
	expect(await api.takeViolations()).toHaveLength(1);
});

test('a client that disconnects halfway through a form does not violate the contract', async () => {
	const sending = httpRequest(`${api.url}/v2/generate`, {
		method: 'POST',
		headers: {
			'x-api-key': api.apiKey,
			'content-type': 'multipart/form-data; boundary=x',
			'content-length': '1000',
		},
	});
	const closed = new Promise((resolve) => sending.on('error', () => {}).once('close', resolve));
	sending.write('--x\r\ncontent-disposition: form-data; name="model"\r\n\r\nlipsync-2');
	await api.control.waitForRequests(1);
	sending.destroy();
	await closed;
	let { byStatus } = await api.control.getTotals();
	while (Object.keys(byStatus).length === 0) ({ byStatus } = await api.control.getTotals());
	expect((await api.control.getTotals()).violations).toEqual([]);
});
