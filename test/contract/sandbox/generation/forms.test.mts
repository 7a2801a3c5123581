import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import type { Generation } from '../../../../sandbox/generation/types.mts';
import { ASSETS, type Asset } from '../../../../sandbox/asset/library.mts';
import { sampleFile } from '../../../../sandbox/storage/samples.mts';
import { SandboxApi, type Answer } from '../apiClient.mts';

const api = new SandboxApi();

const CONTENT = new Uint8Array(readFileSync(sampleFile('mp4')));
const VIDEO = new File([CONTENT], 'My take.mp4', { type: 'video/mp4' });
const AUDIO = JSON.stringify({ type: 'audio', assetId: ASSETS.voiceover });

/** Sends a form: pairs of a field and its text or file. */
const send = async (
	fields: Array<[string, string | File]>,
	headers: Record<string, string> = {},
): Promise<Answer<Generation>> => {
	const body = new FormData();
	for (const [name, value] of fields) body.append(name, value as string);
	return await api.ask<Generation>('/v2/generate', { method: 'POST', body, headers });
};

const RIGHT: Array<[string, string | File]> = [
	['video', VIDEO],
	['model', 'lipsync-2'],
	['input', `[${AUDIO}]`],
];

const assets = async (): Promise<unknown> => (await api.ask('/v2/assets/count')).body;

test('the file of a form becomes an asset, and an input', async () => {
	const { status, body } = await send([...RIGHT, ['options', '{"sync_mode":"loop"}']]);
	expect(status).toBe(201);
	expect(body).toMatchObject({
		model: 'lipsync-2',
		options: { sync_mode: 'loop' },
		input: [{ type: 'video' }, JSON.parse(AUDIO)],
	});
	const { assetId } = body.input[0] as { assetId: string };
	const asset = (await api.ask<Asset>(`/v2/assets/${assetId}`)).body;
	expect(asset).toMatchObject({
		type: 'VIDEO',
		name: 'My take.mp4',
		format: 'mp4',
		size: CONTENT.length,
		durationSeconds: 2,
		inputType: 'UPLOAD',
	});
	const file = await fetch(await api.downloadUrl(assetId));
	expect(new Uint8Array(await file.arrayBuffer())).toEqual(CONTENT);
});

test('inputs of a form may come one by one', async () => {
	const video = JSON.stringify({ type: 'video', assetId: ASSETS.interview });
	const { body } = await send([
		['model', 'lipsync-2'],
		['input', video],
		['input', AUDIO],
	]);
	expect(body.input).toEqual([JSON.parse(video), JSON.parse(AUDIO)]);
});

test('a form of files needs no other input', async () => {
	const audio = new File([new Uint8Array(readFileSync(sampleFile('wav')))], 'a.wav');
	const { body } = await send([...RIGHT.slice(0, 2), ['audio', audio]]);
	expect(body.input.map(({ type }) => type)).toEqual(['video', 'audio']);
});

test('the record has the fields of a form, and what is known of its files', async () => {
	await send(RIGHT);
	const [{ body }] = await api.control.requests();
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

test('a form with an Idempotency-Key makes one generation, and its assets once', async () => {
	const before = (await assets()) as number;
	const key = { 'idempotency-key': 'k-1' };
	const [first, second] = await Promise.all([send(RIGHT, key), send(RIGHT, key)]);
	expect(second).toMatchObject({ status: 201, body: first.body });
	expect(await assets()).toBe(before + 1);
	const other = new File([CONTENT.slice(1)], VIDEO.name, { type: VIDEO.type });
	expect((await send([['video', other], ...RIGHT.slice(1)], key)).status).toBe(409);
});

test('a file beside a video input is one visual too many', async () => {
	const video = JSON.stringify([{ type: 'video', assetId: ASSETS.interview }, JSON.parse(AUDIO)]);
	const { status, body } = await send([...RIGHT.slice(0, 2), ['input', video]]);
	expect({ status, code: body.errorCode }).toEqual({
		status: 422,
		code: 'generation_input_too_many_visual',
	});
});

test('a file that the plan does not allow is refused', async () => {
	await api.control.configure({ planFileSizeLimit: CONTENT.length - 1 });
	const { status, body } = await send(RIGHT);
	expect({ status, code: body.errorCode }).toEqual({
		status: 422,
		code: 'file_size_exceeds_plan_limit',
	});
});

test.each([
	['four files', [...RIGHT, ...RIGHT, ...RIGHT, ...RIGHT]],
	['a field of more than a megabyte', [...RIGHT, ['outputFileName', 'x'.repeat(2 ** 20 + 1)]]],
	['33 fields', Array.from({ length: 33 }, () => RIGHT[1])],
] as Array<[string, typeof RIGHT]>)('%s are too much for a form', async (_what, fields) => {
	const { status, body } = await send(fields);
	expect({ status, code: body.errorCode }).toEqual({
		status: 413,
		code: 'generation_input_validation_failed',
	});
});

test.each([
	['broken JSON', [RIGHT[0], RIGHT[1], ['input', '[{']]],
	['no model', [RIGHT[0], RIGHT[2]]],
	['a file that is no input', [...RIGHT, ['film', VIDEO]]],
] as Array<[string, typeof RIGHT]>)('a form with %s breaks the contract', async (_what, fields) => {
	expect((await send(fields)).status).toBe(400);
	expect(await api.provoked()).toHaveLength(1);
});

test('a form that can not be read is noted', async () => {
	const headers = { 'content-type': 'multipart/form-data; boundary=x' };
	const body = 'no form';
	expect((await api.ask('/v2/generate', { method: 'POST', headers, body })).status).toBe(400);
	expect(await api.provoked()).toHaveLength(1);
});
