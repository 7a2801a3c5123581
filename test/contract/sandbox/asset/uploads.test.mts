import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { ASSETS, type Asset } from '../../../../sandbox/asset/library.mts';
import { COLLEAGUE_ID } from '../../../../sandbox/core/users.mts';
import { PROJECT_ID } from '../../../../sandbox/project/library.mts';
import { sampleFile } from '../../../../sandbox/storage/samples.mts';
import { COLLEAGUE_KEY } from '../../../../sandbox/core/users.mts';
import { put, SandboxApi, type Upload } from '../apiClient.mts';

const api = new SandboxApi();

const GIB = 1024 ** 3;
const asColleague = { headers: { 'x-api-key': COLLEAGUE_KEY } };

const sample = (format: string) => new Uint8Array(readFileSync(sampleFile(format)));
const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');
const VIDEO = sample('mp4');
const DIGEST = sha256(VIDEO);

describe('an upload URL', () => {
	const ask = async (more: object = {}) => {
		const json = { fileName: 'my take.mp4', contentType: 'video/mp4', size: 5 * GIB, ...more };
		return await api.ask<Upload>('/v2/assets/upload', { json });
	};

	test('comes with the address of the file, and says how long it is good for', async () => {
		const { status, body } = await ask();
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
	])('is refused for %j, and that is noted', async (more, message) => {
		expect(await ask(more)).toMatchObject({ status: 400, body: { message: [message] } });
		expect(await api.provoked()).toHaveLength(1);
	});

	test('is refused for more than the plan allows', async () => {
		await api.control.configure({ planFileSizeLimit: GIB });
		const body = { errorCode: 'file_size_exceeds_plan_limit' };
		expect(await ask({ size: GIB + 1 })).toMatchObject({ status: 422, body });
		expect((await ask({ size: GIB })).status).toBe(201);
	});

	test('can be had 120 times a minute, whatever else is asked', async () => {
		await api.control.configure({ requestsPerMinute: 0 });
		const statuses: number[] = [];
		while (statuses.length < 121) statuses.push((await ask()).status);
		expect(statuses.lastIndexOf(201)).toBe(119);
		expect(statuses[120]).toBe(429);
	});
});

describe('registering', () => {
	test.each([
		['mp4', 'VIDEO', 2, 64, 36],
		['mov', 'VIDEO', 2, 64, 36],
		['webm', 'VIDEO', 2, 64, 36],
		['wav', 'AUDIO', 1.5, null, null],
		['mp3', 'AUDIO', 1.656, null, null],
		['ogg', 'AUDIO', 1.5, null, null],
		['png', 'IMAGE', null, 64, 96],
		['webp', 'IMAGE', null, 64, 96],
	] as const)(
		'an uploaded %s measures it',
		async (format, type, durationSeconds, width, height) => {
			const content = sample(format);
			const url = await api.upload(`Take 1.${format.toUpperCase()}`, content);
			const { status, body } = await api.register({ url, type });
			expect(status).toBe(201);
			const { id, createdAt } = body;
			expect(body).toEqual({
				id,
				createdAt,
				updatedAt: createdAt,
				type,
				visibility: 'USER',
				name: `Take_1.${format.toUpperCase()}`,
				url,
				size: content.length,
				format,
				inputType: 'UPLOAD',
				durationSeconds,
				thumbnailUrl: null,
				width,
				height,
				projectId: null,
			});
			expect((await api.ask(`/v2/assets/${id}`)).body).toEqual(body);
		},
	);

	test('a file that is no media measures its size only', async () => {
		const url = await api.upload('notes.txt', new TextEncoder().encode('no media'));
		const { body } = await api.register({ url, type: 'VIDEO' });
		expect(body).toMatchObject({ size: 8, format: 'txt', durationSeconds: null, width: null });
	});

	test('takes the name, the visibility and the project that are given', async () => {
		const url = await api.upload('a.mp4', VIDEO);
		const given = { name: 'Take', visibility: 'ORGANIZATION', projectId: PROJECT_ID } as const;
		expect((await api.register({ url, type: 'VIDEO', ...given })).body).toMatchObject(given);
	});

	test('a public address keeps what its name tells', async () => {
		const url = 'https://media.example.com/a/My%20take.MOV?v=1';
		const { status, body } = await api.register({ url, type: 'VIDEO' });
		expect(status).toBe(201);
		expect(body).toMatchObject({
			url,
			name: 'My take.MOV',
			format: 'mov',
			inputType: 'URL',
			size: null,
			durationSeconds: null,
		});
	});

	test('a public address without a name, or with an odd one, is registered too', async () => {
		const nameOf = async (url: string) => (await api.register({ url, type: 'VIDEO' })).body.name;
		expect(await nameOf('https://media.example.com')).toBeNull();
		expect(await nameOf('https://media.example.com/%E0%A4%A.mp4')).toEqual(expect.any(String));
	});

	test.each(['ftp://example.com/a.mp4', 'https://[example/a.mp4', 'a.mp4'])(
		'%s, which is no web address, is refused, and that is noted',
		async (url) => {
			expect((await api.register({ url, type: 'VIDEO' })).status).toBe(400);
			expect(await api.provoked()).toHaveLength(1);
		},
	);

	test.each([422, 404] as const)(
		'a file that was not uploaded is a %d when set so',
		async (missingUploadStatus) => {
			await api.control.configure({ missingUploadStatus });
			const { url } = await api.presign('a.mp4', 'video/mp4', 5);
			const { status, body } = await api.register({ url, type: 'VIDEO' });
			expect(status).toBe(missingUploadStatus);
			expect(body).toMatchObject({ errorCode: 'uploaded_file_not_found' });
		},
	);

	test('looks at the real size for the limit of the plan', async () => {
		const { url, uploadUrl } = await api.presign('a.mp4', 'video/mp4', 1);
		await put(uploadUrl, { body: VIDEO });
		await api.control.configure({ planFileSizeLimit: VIDEO.length - 1 });
		const { status, body } = await api.register({ url, type: 'VIDEO' });
		expect(status).toBe(422);
		expect(body).toMatchObject({ errorCode: 'file_size_exceeds_plan_limit' });
	});

	test.each([
		['is not there', '0a1b2c3d-0000-4000-8000-0000000000ff', {}],
		['is not the own one', PROJECT_ID, asColleague],
	])('for a project that %s is refused', async (_what, projectId, init) => {
		const asset = { url: 'https://example.com/a.mp4', type: 'VIDEO' as const, projectId };
		const { status, body } = await api.register(asset, init);
		expect(status).toBe(422);
		expect(body).toMatchObject({ errorCode: 'project_not_found', field: 'projectId' });
	});

	test('makes the asset the own one of who does it, and the newest', async () => {
		const asset = { url: 'https://example.com/a.mp4', type: 'VIDEO' as const };
		const shared = { ...asset, visibility: 'ORGANIZATION' as const };
		const { body: own } = await api.register(asset);
		const { body: theirs } = await api.register(shared, asColleague);
		const { body } = await api.ask<{ items: Asset[] }>('/v2/assets?limit=2');
		expect(body.items).toEqual([theirs, own]);
		const theirsOnly = `/v2/assets/count?userId=${COLLEAGUE_ID}`;
		expect((await api.ask(theirsOnly)).body).toBe(2);
		expect((await api.ask(`/v2/assets/${theirs.id}`, { method: 'DELETE' })).status).toBe(403);
	});
});

describe('an upload is found by its digest', () => {
	const find = async (digest: string, type = 'VIDEO', init?: RequestInit): Promise<unknown> =>
		(
			await api.ask<{ asset: Asset | null }>(
				`/v2/assets/uploaded?contentSha256=${digest}&type=${type}`,
				init,
			)
		).body.asset;

	test('and is the newest that is still there', async () => {
		const url = await api.upload('a.mp4', VIDEO);
		const asset = { url, type: 'VIDEO', contentSha256: DIGEST } as const;
		const { body: first } = await api.register(asset);
		const { body: second } = await api.register(asset);
		expect(await find(DIGEST)).toEqual(second);
		await api.ask(`/v2/assets/${second.id}`, { method: 'DELETE' });
		expect(await find(DIGEST)).toEqual(first);
	});

	test('of the same type, registered with the same key', async () => {
		const url = await api.upload('a.mp4', VIDEO);
		const visibility = 'ORGANIZATION';
		await api.register({ url, type: 'VIDEO', contentSha256: DIGEST, visibility });
		expect(await find(DIGEST, 'AUDIO')).toBeNull();
		expect(await find(DIGEST, 'VIDEO', asColleague)).toBeNull();
		expect(await find(sha256(sample('mov')))).toBeNull();
	});

	test('of the registration, or of the stored file when set so', async () => {
		const url = await api.upload('a.mp4', VIDEO);
		const { body } = await api.register({ url, type: 'VIDEO' });
		expect(await find(DIGEST)).toBeNull();
		await api.control.configure({ dedupeBy: 'stored' });
		expect(await find(DIGEST)).toEqual(body);
	});

	test('which registration refuses when set so', async () => {
		await api.control.configure({ digestAtRegistration: 'refused' });
		const url = await api.upload('a.mp4', VIDEO);
		const { status } = await api.register({ url, type: 'VIDEO', contentSha256: DIGEST });
		expect(status).toBe(400);
		expect(await api.provoked()).toHaveLength(1);
	});

	test.each([`contentSha256=${DIGEST}`, 'type=VIDEO', `contentSha256=${DIGEST.toUpperCase()}`])(
		'and not by %s alone',
		async (query) => {
			expect((await api.ask(`/v2/assets/uploaded?${query}`)).status).toBe(400);
			expect(await api.provoked()).toHaveLength(1);
		},
	);
});

test('a reset takes away what was uploaded', async () => {
	const url = await api.upload('a.mp4', VIDEO);
	await api.control.reset();
	expect((await api.register({ url, type: 'VIDEO' })).status).toBe(422);
	expect((await api.ask(`/v2/assets/${ASSETS.image}`)).status).toBe(200);
});
