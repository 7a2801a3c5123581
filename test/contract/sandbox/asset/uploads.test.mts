import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { ASSETS } from '../../../../sandbox/asset/fixtures.mts';
import type { Asset } from '../../../../sandbox/asset/types.mts';
import { COLLEAGUE_KEY } from '../../../../sandbox/core/users.mts';
import { samplePath } from '../../../../sandbox/storage/sampleFiles.mts';
import { ApiLab, type Upload } from '../apiLab.mts';

const api = new ApiLab();

const GIB = 1024 ** 3;
const asColleague = { headers: { 'x-api-key': COLLEAGUE_KEY } };

const sample = (format: string) => new Uint8Array(readFileSync(samplePath(format)));
const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');
const VIDEO = sample('mp4');
const DIGEST = sha256(VIDEO);

describe('creating an upload URL', () => {
	const upload = { fileName: 'my take.mp4', contentType: 'video/mp4', size: 5 * GIB };
	const create = async (fields: object = {}) =>
		await api.request<Upload>('/v2/assets/upload', { json: { ...upload, ...fields } });

	test('returns it with the URL of the file and how long it is valid', async () => {
		const { status, body } = await create();
		const { uploadUrl, url, expiresIn } = body;
		expect(status).toBe(201);
		expect(expiresIn).toBe(3600);
		expect(url).toMatch(/\/storage\/uploads\/.+\/my_take\.mp4$/);
		expect(uploadUrl.startsWith(`${url}?`)).toBe(true);
		expect(new URL(uploadUrl).searchParams.get('X-Amz-Expires')).toBe('3600');
	});

	test.each([
		[{ size: 5 * GIB + 1 }, 'size must not be greater than 5368709120'],
		[{ size: 0 }, 'size must be >= 1'],
		[{ fileName: ' ' }, 'fileName should not be empty'],
		[{ contentType: 'mp4' }, 'contentType must be MIME type format'],
	])('rejects %j as a violation', async (fields, message) => {
		expect(await create(fields)).toMatchObject({ status: 400, body: { message: [message] } });
		expect(await api.takeViolations()).toHaveLength(1);
	});

	test('fails for a file that is too large for the plan', async () => {
		await api.control.configure({ planFileSizeLimit: GIB });
		const body = { errorCode: 'file_size_exceeds_plan_limit' };
		expect(await create({ size: GIB + 1 })).toMatchObject({ status: 422, body });
		expect((await create({ size: GIB })).status).toBe(201);
	});

	test('has its own rate limit: 120 per minute', async () => {
		await api.control.configure({ requestsPerMinute: 0 });
		const statuses = await api.repeatRequest(121, '/v2/assets/upload', { json: upload });
		expect(statuses.lastIndexOf(201)).toBe(119);
		expect(statuses[120]).toBe(429);
	});
});

describe('finding an upload by its digest', () => {
	const find = async (digest: string, type = 'VIDEO', init?: RequestInit): Promise<unknown> =>
		(
			await api.request<{ asset: Asset | null }>(
				`/v2/assets/uploaded?contentSha256=${digest}&type=${type}`,
				init,
			)
		).body.asset;

	test('returns the newest asset that still exists', async () => {
		const url = await api.upload('a.mp4', VIDEO);
		const asset = { url, type: 'VIDEO', contentSha256: DIGEST } as const;
		const { body: first } = await api.register(asset);
		const { body: second } = await api.register(asset);
		expect(await find(DIGEST)).toEqual(second);
		await api.request(`/v2/assets/${second.id}`, { method: 'DELETE' });
		expect(await find(DIGEST)).toEqual(first);
	});

	test('returns only assets of the same type and API key', async () => {
		const url = await api.upload('a.mp4', VIDEO);
		const visibility = 'ORGANIZATION';
		await api.register({ url, type: 'VIDEO', contentSha256: DIGEST, visibility });
		expect(await find(DIGEST, 'AUDIO')).toBeNull();
		expect(await find(DIGEST, 'VIDEO', asColleague)).toBeNull();
		expect(await find(sha256(sample('mov')))).toBeNull();
	});

	test('compares the registered or the stored digest, depending on the setting', async () => {
		const url = await api.upload('a.mp4', VIDEO);
		const { body } = await api.register({ url, type: 'VIDEO' });
		expect(await find(DIGEST)).toBeNull();
		await api.control.configure({ dedupeBy: 'stored' });
		expect(await find(DIGEST)).toEqual(body);
	});

	test('is impossible if registering an asset rejects digests', async () => {
		await api.control.configure({ digestAtRegistration: 'refused' });
		const url = await api.upload('a.mp4', VIDEO);
		const { status } = await api.register({ url, type: 'VIDEO', contentSha256: DIGEST });
		expect(status).toBe(400);
		expect(await api.takeViolations()).toHaveLength(1);
	});

	test.each([
		['a digest without a type', `contentSha256=${DIGEST}`],
		['a type without a digest', 'type=VIDEO'],
		['a digest in upper case', `contentSha256=${DIGEST.toUpperCase()}&type=VIDEO`],
	])('rejects %s as a violation', async (_what, query) => {
		expect((await api.request(`/v2/assets/uploaded?${query}`)).status).toBe(400);
		expect(await api.takeViolations()).toHaveLength(1);
	});
});

test('a reset removes uploaded files', async () => {
	const url = await api.upload('a.mp4', VIDEO);
	await api.control.reset();
	expect((await api.register({ url, type: 'VIDEO' })).status).toBe(422);
	expect((await api.request(`/v2/assets/${ASSETS.image}`)).status).toBe(200);
});
