import { unescape } from 'node:querystring';

import { ApiError, BadRequest } from '../core/errors.mts';
import type { ApiRequest, Handlers } from '../core/handlerTypes.mts';
import { requireOwnProject } from '../project/checks.mts';
import { measure } from '../storage/mediaInfo.mts';
import { MAX_UPLOAD } from '../storage/store.mts';
import { downloadUrl, fileUrl, keyFromUrl } from '../storage/urls.mts';
import { checkFileSize, requireAsset } from './checks.mts';
import type { AssetContext } from './state.mts';
import type { Asset } from './fixtures.mts';
import { fileExtension, newAsset } from './store.mts';

const MIME_TYPE = /^[\w.+-]+\/[\w.+-]+(;.*)?$/;

const uploadNotFound = (status: 404 | 422) =>
	new ApiError(status, {
		message: 'Uploaded file not found',
		errorCode: 'uploaded_file_not_found',
		suggestion: 'Upload the file to uploadUrl before registering it.',
		field: 'url',
	});

/** Examines the file to register. Only uploaded files are measured; of any other, the URL is all that is known. */
async function examineFile(
	{ body: { url }, origin }: ApiRequest<'createAsset'>,
	{ files, settings }: AssetContext,
): Promise<Partial<Asset> & { key?: string }> {
	const key = keyFromUrl(url, origin);
	const fileName = unescape(new URL(url).pathname.split('/').pop() ?? '');
	const fields = { name: fileName || null, format: fileExtension(fileName) };
	if (key === undefined) return { ...fields, inputType: 'URL' };
	const stored = files.get(key);
	if (!stored?.uploaded) throw uploadNotFound(settings.missingUploadStatus);
	const { size, uploaded } = stored;
	checkFileSize(size, settings);
	return { ...fields, ...(await measure(uploaded.file)), size, inputType: 'UPLOAD', key };
}

/** The files of assets: upload, register, find by digest, download. */
export const uploadHandlers: Handlers<AssetContext> = {
	createAssetUpload: ({ body, origin }, { files, urls, settings }) => {
		const { fileName, contentType, size } = body;
		const problems = [
			...(fileName.trim() === '' ? ['fileName should not be empty'] : []),
			...(MIME_TYPE.test(contentType) ? [] : ['contentType must be MIME type format']),
			...(size > MAX_UPLOAD ? [`size must not be greater than ${MAX_UPLOAD}`] : []),
		];
		if (problems.length > 0) throw new BadRequest(problems);
		checkFileSize(size, settings);
		const key = files.newKey(fileName);
		const expiresIn = settings.uploadExpiresIn;
		const uploadUrl = urls.sign({ method: 'PUT', key, contentType }, origin, expiresIn);
		return { uploadUrl, url: fileUrl(key, origin), expiresIn };
	},

	createAsset: async (request, context) => {
		const { body, caller } = request;
		const { url, type, visibility = 'USER', projectId = null, contentSha256 } = body;
		if (!/^https?:/i.test(url) || !URL.canParse(url)) {
			throw new BadRequest(['url must be a URL address']);
		}
		if (contentSha256 !== undefined && context.settings.digestAtRegistration === 'refused') {
			throw new BadRequest(['property contentSha256 should not exist']);
		}
		if (projectId !== null) requireOwnProject(projectId, caller, context, 422);
		const { key, ...fields } = await examineFile(request, context);
		const { name = fields.name } = body;
		const given = { type, name, url, visibility, projectId };
		const asset = newAsset(context.clock.now(), { ...fields, ...given });
		const registered = { apiKey: caller.key, contentSha256 };
		context.assets.add({ asset, ownerId: caller.userId, key, registered });
		return asset;
	},

	findUploadedAsset: ({ query, caller }, { assets, files, settings }) => {
		const found = assets.visibleTo(caller.userId).findLast(({ asset, key = '', registered }) => {
			if (registered?.apiKey !== caller.key || asset.type !== query.type) return false;
			const digest =
				settings.dedupeBy === 'registered'
					? registered.contentSha256
					: files.get(key)?.uploaded?.sha256;
			return digest === query.contentSha256;
		});
		return { asset: found?.asset ?? null };
	},

	getAssetDownloadUrl: ({ params, caller, origin }, context) => {
		const { asset, key } = requireAsset(params.id, caller, context);
		const isExternal = key === undefined;
		return isExternal ? (asset.url as string) : downloadUrl(key, origin, context);
	},
};
