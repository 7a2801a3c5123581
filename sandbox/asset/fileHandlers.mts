import { unescape } from 'node:querystring';

import { ApiError, BadRequestError } from '../core/errors.mts';
import type { ApiRequest, Handlers } from '../core/handlerTypes.mts';
import { requireOwnProject } from '../project/checks.mts';
import { readMediaInfo } from '../storage/mediaInfo.mts';
import { MAX_UPLOAD } from '../storage/store.mts';
import { getFileKey, getFileUrl, signDownloadUrl } from '../storage/urls.mts';
import { buildAsset, getFormat } from './buildAsset.mts';
import { checkFileSize, requireAsset } from './checks.mts';
import type { AssetState } from './state.mts';
import type { Asset } from './types.mts';

const MIME_TYPE = /^[\w.+-]+\/[\w.+-]+(;.*)?$/;

const uploadNotFound = (status: 404 | 422) =>
	new ApiError(status, {
		message: 'Uploaded file not found',
		errorCode: 'uploaded_file_not_found',
		suggestion: 'Upload the file to uploadUrl before registering it.',
		field: 'url',
	});

/** Gets the fields of an asset from its file. Only uploaded files are read; of other files, only the URL is known. */
async function readFileFields(
	{ body: { url }, origin }: ApiRequest<'createAsset'>,
	{ files, settings }: AssetState,
): Promise<Partial<Asset> & { key?: string }> {
	const key = getFileKey(url, origin);
	const fileName = unescape(new URL(url).pathname.split('/').pop() ?? '');
	const fields = { name: fileName || null, format: getFormat(fileName) };
	if (key === undefined) return { ...fields, inputType: 'URL' };
	const stored = files.get(key);
	if (!stored?.uploaded) throw uploadNotFound(settings.missingUploadStatus);
	const { size, uploaded } = stored;
	checkFileSize(size, settings);
	return { ...fields, ...(await readMediaInfo(uploaded.path)), size, inputType: 'UPLOAD', key };
}

/** The files of assets: upload, register, find by digest and download. */
export const fileHandlers: Handlers<AssetState> = {
	createAssetUpload: ({ body, origin }, { files, urls, settings }) => {
		const { fileName, contentType, size } = body;
		const problems = [
			...(fileName.trim() === '' ? ['fileName should not be empty'] : []),
			...(MIME_TYPE.test(contentType) ? [] : ['contentType must be MIME type format']),
			...(size > MAX_UPLOAD ? [`size must not be greater than ${MAX_UPLOAD}`] : []),
		];
		if (problems.length > 0) throw new BadRequestError(problems);
		checkFileSize(size, settings);
		const key = files.generateKey(fileName);
		const expiresIn = settings.uploadExpiresIn;
		const uploadUrl = urls.sign({ method: 'PUT', key, contentType }, origin, expiresIn);
		return { uploadUrl, url: getFileUrl(key, origin), expiresIn };
	},

	createAsset: async (request, state) => {
		const { body, caller } = request;
		const { url, type, visibility = 'USER', projectId = null, contentSha256 } = body;
		if (!/^https?:/i.test(url) || !URL.canParse(url)) {
			throw new BadRequestError(['url must be a URL address']);
		}
		if (contentSha256 !== undefined && state.settings.digestAtRegistration === 'refused') {
			throw new BadRequestError(['property contentSha256 should not exist']);
		}
		if (projectId !== null) requireOwnProject(projectId, caller, state, 422);
		const { key, ...fields } = await readFileFields(request, state);
		const { name = fields.name } = body;
		const given = { type, name, url, visibility, projectId };
		const asset = buildAsset(state.clock.now(), { ...fields, ...given });
		const registered = { apiKey: caller.apiKey, contentSha256 };
		state.assets.add({ asset, ownerId: caller.userId, key, registered });
		return asset;
	},

	findUploadedAsset: ({ query, caller }, { assets, files, settings }) => {
		const found = assets.listVisible(caller.userId).findLast(({ asset, key = '', registered }) => {
			if (registered?.apiKey !== caller.apiKey || asset.type !== query.type) return false;
			const digest =
				settings.dedupeBy === 'registered'
					? registered.contentSha256
					: files.get(key)?.uploaded?.sha256;
			return digest === query.contentSha256;
		});
		return { asset: found?.asset ?? null };
	},

	getAssetDownloadUrl: ({ params, caller, origin }, state) => {
		const { asset, key } = requireAsset(params.id, caller, state);
		const isExternal = key === undefined;
		return isExternal ? (asset.url as string) : signDownloadUrl(key, origin, state);
	},
};
