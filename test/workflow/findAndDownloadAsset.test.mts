import { createHash } from 'node:crypto';

import { ASSETS, LIBRARY, MISSING_ASSET_ID } from '../../sandbox/asset/fixtures.mts';
import { readContent } from './binaryData.mts';
import { BINARY_MODES, createFileItem, FileLab, SOUND } from './fileLab.mts';

describe.each(BINARY_MODES)('with files stored in mode %s', (mode) => {
	const lab = new FileLab(mode);

	describe('Find by File', () => {
		const find = async () =>
			await lab.run({ operation: 'findByFile', options: {} }, [await createFileItem()]);

		test('finds the asset that was uploaded from the file', async () => {
			const [{ json }] = (await lab.upload()).out;
			const { out } = await find();
			expect(out[0].json).toMatchObject({ id: json.id, found: true });
		});

		test('says that there is no such asset', async () => {
			const { out } = await find();
			const contentSha256 = createHash('sha256').update(SOUND).digest('hex');
			expect(out[0].json).toMatchObject({ id: null, found: false, contentSha256 });
		});
	});

	describe('Download', () => {
		test('outputs the file with its name, type and size, and the asset', async () => {
			const [{ json }] = (await lab.upload()).out;
			const { out } = await lab.download(json.id as string);
			const binary = out[0].binary?.data;
			expect(binary).toMatchObject({
				fileName: 'hello.wav',
				mimeType: 'audio/wav',
				fileExtension: 'wav',
				bytes: SOUND.length,
			});
			expect(binary && (await readContent(binary)).equals(SOUND)).toBe(true);
			expect(out[0].json).toMatchObject({ id: json.id, durationSeconds: 0.5 });
			expect(out[0].pairedItem).toEqual({ item: 0 });
		});

		test('names a file after its ID and format if the asset has no name', async () => {
			const { out } = await lab.download(ASSETS.nameless);
			expect(out[0].binary?.data.fileName).toBe(`${ASSETS.nameless}.mp4`);
		});

		test('takes the extension from the MIME type if the asset has no name and no format', async () => {
			const { out } = await lab.download(ASSETS.bare);
			expect(out[0].binary?.data).toMatchObject({
				fileName: `${ASSETS.bare}.png`,
				fileExtension: 'png',
				mimeType: 'image/png',
			});
		});

		test('puts the file into the selected field', async () => {
			const parameters = {
				operation: 'download',
				assetId: ASSETS.image,
				binaryPropertyName: 'image',
			};
			const { out } = await lab.run({ ...parameters, options: {} }, [{ json: {} }]);
			expect(Object.keys(out[0].binary ?? {})).toEqual(['image']);
		});

		test('retries a download that breaks off', async () => {
			await lab.control.addFault({
				kind: 'cut',
				match: { operationId: 'GetObject' },
				times: 1,
			});
			const { out } = await lab.download(ASSETS.image);
			expect(out).toHaveLength(1);
			expect((await lab.listOperationIds()).filter((one) => one === 'GetObject')).toHaveLength(2);
		});

		test('outputs no partial file if the download keeps breaking off', async () => {
			await lab.control.addFault({ kind: 'cut', match: { operationId: 'GetObject' } });
			const { out, errors } = await lab.download(ASSETS.image);
			expect(out).toEqual([]);
			expect(errors[0]).toMatchObject({
				message: `The connection to ${lab.storageHost} broke`,
				assetId: ASSETS.image,
			});
		});

		test.each([
			['with a length', false],
			['without a length', true],
		])('ends a download %s that stalls', async (_what, withoutLength) => {
			const match = { operationId: 'GetObject' };
			await lab.control.addFault({ kind: 'hang', match, afterBytes: 100, withoutLength });
			const { errors } = await lab.download(ASSETS.image, { timeout: 1, maxRetries: 0 });
			expect(errors[0].message).toBe(`${lab.storageHost} did not respond in time`);
		});

		test.each([
			['with a length', false],
			['without a length', true],
		])('lets a slow download %s take longer than Timeout', async (_what, withoutLength) => {
			const match = { operationId: 'GetObject' };
			const pauses = { delayMs: 150, afterBytes: 0 };
			await lab.control.addFault({ kind: 'trickle', match, ...pauses, withoutLength });
			const asset = await lab.control.addAssetWithFile({
				size: 1600,
				type: 'VIDEO',
				name: 'take.mp4',
			});
			const { out } = await lab.download(asset.id, { timeout: 1, maxRetries: 0 });
			expect(out[0].binary?.data.bytes).toBe(1600);
		});

		test('requests a new URL once if the download URL has expired', async () => {
			await lab.control.configure({ downloadExpiresIn: 0 });
			const { errors } = await lab.download(ASSETS.image);
			expect(errors[0].statusCode).toBe(403);
			expect(
				(await lab.listOperationIds()).filter((one) => one === 'getAssetDownloadUrl'),
			).toHaveLength(2);
		});

		test('rejects a file over Max Size (MB) without downloading it', async () => {
			const asset = await lab.control.addAssetWithFile({
				size: 2_000_000,
				type: 'VIDEO',
				name: 'long.mp4',
			});
			const { out, errors } = await lab.download(asset.id, { maxSize: 1 });
			expect(out).toEqual([]);
			expect(errors[0].message).toBe(
				"The file 'long.mp4' is 2 MB, which is over 'Max Size (MB)' (1 MB)",
			);
		});

		test('reports a missing asset', async () => {
			const { errors } = await lab.download(MISSING_ASSET_ID);
			expect(errors[0]).toMatchObject({ statusCode: 404, errorCode: 'asset_not_found' });
		});

		test.each([
			['an object', { url: 'https://x' }],
			['a URL without HTTPS', 'http://files.example.com/a.mp4'],
			['a URL with another protocol', 'file:///etc/passwd'],
			['no URL', 'x'],
		])('downloads nothing if the API sends %s', async (_what, body) => {
			const match = { operationId: 'getAssetDownloadUrl' };
			await lab.control.addFault({ kind: 'status', status: 200, body, match });
			const { errors } = await lab.download(LIBRARY[0].id);
			expect(errors[0].message).toBe('sync.so provided no valid URL for the file');
		});
	});
});
