import { unescape } from 'node:querystring';

import { formatOf, newAsset } from './store.mts';
import { findAsset } from './handlers.mts';
import { ApiError, BadRequest } from '../core/errors.mts';
import type { ApiRequest, Handlers } from '../core/handlers.mts';
import type { Asset } from './library.mts';
import { measure } from '../storage/measure.mts';
import { projectNotFound } from '../project/handlers.mts';
import type { State } from '../state.mts';
import { MAX_UPLOAD } from '../storage/store.mts';
import { downloadUrl, fileUrl, keyFromUrl } from '../storage/urls.mts';

const MIME_TYPE = /^[\w.+-]+\/[\w.+-]+(;.*)?$/;

/** A file is larger than the plan allows. */
export const tooLargeForPlan = () =>
	new ApiError(422, {
		message: 'File size exceeds the limit of your plan',
		errorCode: 'file_size_exceeds_plan_limit',
		suggestion: 'Upgrade your plan or use a smaller file.',
	});

const notUploaded = (status: 404 | 422) =>
	new ApiError(status, {
		message: 'Uploaded file not found',
		errorCode: 'uploaded_file_not_found',
		suggestion: 'Upload the file to uploadUrl before registering it.',
		field: 'url',
	});

/** What is known of the file to register: of an upload its own measures, of any other only what its address tells. */
async function examined(
	{ body: { url }, origin }: ApiRequest<'createAsset'>,
	{ files, settings }: State,
): Promise<Partial<Asset> & { key?: string }> {
	const key = keyFromUrl(url, origin);
	const fileName = unescape(new URL(url).pathname.split('/').pop() ?? '');
	const known = { name: fileName || null, format: formatOf(fileName) };
	if (key === undefined) return { ...known, inputType: 'URL' };
	const stored = files.get(key);
	if (!stored?.uploaded) throw notUploaded(settings.missingUploadStatus);
	const { size, uploaded } = stored;
	if (size > (settings.planFileSizeLimit ?? Infinity)) throw tooLargeForPlan();
	return { ...known, ...(await measure(uploaded.file)), size, inputType: 'UPLOAD', key };
}

/** How assets come in and go out: upload, register, find what was uploaded, download. */
export const uploadHandlers: Handlers = {
	createAssetUpload: ({ body, origin }, { files, urls, settings }) => {
		const { fileName, contentType, size } = body;
		const faults = [
			...(fileName.trim() === '' ? ['fileName should not be empty'] : []),
			...(MIME_TYPE.test(contentType) ? [] : ['contentType must be MIME type format']),
			...(size > MAX_UPLOAD ? [`size must not be greater than ${MAX_UPLOAD}`] : []),
		];
		if (faults.length > 0) throw new BadRequest(faults);
		if (size > (settings.planFileSizeLimit ?? Infinity)) throw tooLargeForPlan();
		const key = files.newKey(fileName);
		const expiresIn = settings.uploadExpiresIn;
		return {
			uploadUrl: urls.sign({ method: 'PUT', key, contentType }, origin, expiresIn),
			url: fileUrl(key, origin),
			expiresIn,
		};
	},

	createAsset: async (request, state) => {
		const { body, caller } = request;
		const { url, type, visibility = 'USER', projectId = null, contentSha256 } = body;
		if (!/^https?:/i.test(url) || !URL.canParse(url))
			throw new BadRequest(['url must be a URL address']);
		if (contentSha256 !== undefined && state.settings.digestAtRegistration === 'refused') {
			throw new BadRequest(['property contentSha256 should not exist']);
		}
		if (projectId !== null && !state.projects.own(projectId, caller.userId)) {
			throw projectNotFound(422);
		}
		const { key, ...known } = await examined(request, state);
		const { name = known.name } = body;
		const asset = newAsset(state.now(), { ...known, type, name, url, visibility, projectId });
		const registered = { apiKey: caller.key, contentSha256 };
		state.assets.add({ asset, ownerId: caller.userId, key, registered });
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

	getAssetDownloadUrl: ({ params, caller, origin }, state) => {
		const { asset, key } = findAsset(params.id, caller, state);
		// What was registered by its address is where it always was.
		if (key === undefined) return asset.url as string;
		return downloadUrl(key, origin, state);
	},
};
