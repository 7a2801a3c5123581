import { readFileSync } from 'node:fs';

import type { Asset } from '../../../../sandbox/asset/types.mts';
import { COLLEAGUE_ID, COLLEAGUE_KEY } from '../../../../sandbox/core/users.mts';
import { PROJECT_ID } from '../../../../sandbox/project/fixtures.mts';
import { samplePath } from '../../../../sandbox/storage/sampleFiles.mts';
import { ApiLab, put } from '../apiLab.mts';

const api = new ApiLab();

const asColleague = { headers: { 'x-api-key': COLLEAGUE_KEY } };

const sample = (format: string) => new Uint8Array(readFileSync(samplePath(format)));
const VIDEO = sample('mp4');

describe('registering an asset', () => {
	test.each([
		['mp4', 'VIDEO', 2, 320, 180],
		['mov', 'VIDEO', 2, 320, 180],
		['webm', 'VIDEO', 2, 320, 180],
		['wav', 'AUDIO', 1.5, null, null],
		['mp3', 'AUDIO', 1.656, null, null],
		['ogg', 'AUDIO', 1.5, null, null],
		['png', 'IMAGE', null, 120, 180],
		['webp', 'IMAGE', null, 120, 180],
	] as const)(
		'measures an uploaded %s file',
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
			expect((await api.request(`/v2/assets/${id}`)).body).toEqual(body);
		},
	);

	test('measures only the size of a file that is not media', async () => {
		const url = await api.upload('notes.txt', new TextEncoder().encode('not media'));
		const { body } = await api.register({ url, type: 'VIDEO' });
		expect(body).toMatchObject({ size: 9, format: 'txt', durationSeconds: null, width: null });
	});

	test('uses the given name, visibility and project', async () => {
		const url = await api.upload('a.mp4', VIDEO);
		const given = { name: 'Take', visibility: 'ORGANIZATION', projectId: PROJECT_ID } as const;
		expect((await api.register({ url, type: 'VIDEO', ...given })).body).toMatchObject(given);
	});

	test('takes name and format of a public URL from its path', async () => {
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

	test('accepts a public URL without a file name or with an undecodable one', async () => {
		const getName = async (url: string) => (await api.register({ url, type: 'VIDEO' })).body.name;
		expect(await getName('https://media.example.com')).toBeNull();
		expect(await getName('https://media.example.com/%E0%A4%A.mp4')).toEqual(expect.any(String));
	});

	test.each(['ftp://example.com/a.mp4', 'https://[example/a.mp4', 'a.mp4'])(
		'rejects %s, which is not a web URL, as a violation',
		async (url) => {
			expect((await api.register({ url, type: 'VIDEO' })).status).toBe(400);
			expect(await api.takeViolations()).toHaveLength(1);
		},
	);

	test.each([422, 404] as const)(
		'fails with status %d if the file was not uploaded, depending on the setting',
		async (missingUploadStatus) => {
			await api.control.configure({ missingUploadStatus });
			const { url } = await api.createUpload('a.mp4', 'video/mp4', 5);
			const { status, body } = await api.register({ url, type: 'VIDEO' });
			expect(status).toBe(missingUploadStatus);
			expect(body).toMatchObject({ errorCode: 'uploaded_file_not_found' });
		},
	);

	test('checks the actual size of the file against the plan', async () => {
		const { url, uploadUrl } = await api.createUpload('a.mp4', 'video/mp4', 1);
		await put(uploadUrl, { body: VIDEO });
		await api.control.configure({ planFileSizeLimit: VIDEO.length - 1 });
		const { status, body } = await api.register({ url, type: 'VIDEO' });
		expect(status).toBe(422);
		expect(body).toMatchObject({ errorCode: 'file_size_exceeds_plan_limit' });
	});

	test.each([
		['does not exist', '0a1b2c3d-0000-4000-8000-0000000000ff', {}],
		['belongs to another member', PROJECT_ID, asColleague],
	])('fails if the project %s', async (_what, projectId, init) => {
		const asset = { url: 'https://example.com/a.mp4', type: 'VIDEO' as const, projectId };
		const { status, body } = await api.register(asset, init);
		expect(status).toBe(422);
		expect(body).toMatchObject({ errorCode: 'project_not_found', field: 'projectId' });
	});

	test('makes the caller the owner and the asset the newest one', async () => {
		const asset = { url: 'https://example.com/a.mp4', type: 'VIDEO' as const };
		const shared = { ...asset, visibility: 'ORGANIZATION' as const };
		const { body: own } = await api.register(asset);
		const { body: theirs } = await api.register(shared, asColleague);
		const { body } = await api.request<{ items: Asset[] }>('/v2/assets?limit=2');
		expect(body.items).toEqual([theirs, own]);
		const theirsOnly = `/v2/assets/count?userId=${COLLEAGUE_ID}`;
		expect((await api.request(theirsOnly)).body).toBe(2);
		expect((await api.request(`/v2/assets/${theirs.id}`, { method: 'DELETE' })).status).toBe(403);
	});
});
