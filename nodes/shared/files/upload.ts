import type { IDataObject, IN8nHttpFullResponse } from 'n8n-workflow';
import type { Asset } from '../items/assetItem';
import { parseAsset } from '../items/assetItem';
import { FailureError, inputError, unexpectedBodyError } from '../transport/errors';
import type { ItemContext } from '../transport/itemContext';
import { requireBody } from '../transport/itemContext';
import { PerRun } from '../transport/run';
import type { ApiResponse } from '../transport/sender';
import type { InputFile } from './inputFile';
import type { AssetType } from './mediaTypes';
import { StallGuard } from './stallGuard';
import { checkFileUrl, formatMegabytes, isExpired, MAX_FILE_SIZE, sendToStorage } from './storage';
import type { FileStream } from './streams';
import { createStream } from './streams';

/** How to upload a file as an asset. */
export interface UploadSettings {
	type: AssetType;
	/** Whether to reuse an asset with the same content instead of uploading the file. */
	reuseExisting: boolean;
	/** Further fields of a new asset: `name`, `visibility`, `projectId`. */
	fields?: IDataObject;
}

/** The asset of an uploaded file. */
export interface UploadedFile {
	asset: Asset;
	/** Whether it already existed, or another item of the run has the same file. */
	reused: boolean;
}

/** Uploads by type and content, finished or in progress. The items of a run share them. */
const assetsByContent = new PerRun(() => new Map<string, Promise<UploadedFile>>());

/**
 * Uploads a file as one stream, then registers it as an asset, unless it already is one.
 *
 * @throws FailureError that names the failed step
 */
export async function uploadFile(
	item: ItemContext,
	file: InputFile,
	settings: UploadSettings,
): Promise<UploadedFile> {
	checkSize(file);
	if (!settings.reuseExisting) return await uploadAndRegister(item, file, settings);
	const contentSha256 = await file.sha256();
	const shared = assetsByContent.get(item.run);
	const contentKey = `${settings.type} ${contentSha256}`;
	const existing = shared.get(contentKey);
	if (existing) return { ...(await existing), reused: true };
	const uploading = findOrUpload(item, file, settings, contentSha256);
	shared.set(contentKey, uploading);
	return await uploading;
}

async function findOrUpload(
	item: ItemContext,
	file: InputFile,
	settings: UploadSettings,
	contentSha256: string,
): Promise<UploadedFile> {
	const asset = await findUploaded(item, contentSha256, settings.type);
	if (asset) return { asset, reused: true };
	return await uploadAndRegister(item, file, settings, contentSha256);
}

async function uploadAndRegister(
	item: ItemContext,
	file: InputFile,
	{ type, fields }: UploadSettings,
	contentSha256?: string,
): Promise<UploadedFile> {
	const url = await sendFile(item, file);
	const asset = { name: file.name, ...fields, url, type };
	const response = await registerAsset(item, asset, contentSha256);
	const body = requireBodyOfStep(
		'The file was uploaded, but could not be registered as an asset',
		response,
	);
	return { asset: parseAsset(body), reused: false };
}

/** @throws FailureError if the file is larger than sync.so accepts */
function checkSize({ name, size }: InputFile): void {
	if (size <= MAX_FILE_SIZE) return;
	throw inputError(
		`The file '${name}' is ${formatMegabytes(size)}, but sync.so accepts up to ${formatMegabytes(MAX_FILE_SIZE)}`,
		'Make the file smaller, or split it',
	);
}

/**
 * The asset that was created from the same file with the same API key; undefined if there is none.
 *
 * @param contentSha256 the SHA-256 of the file, in hexadecimal
 * @throws FailureError if the request failed, or its response is invalid
 */
export async function findUploaded(
	item: ItemContext,
	contentSha256: string,
	type: AssetType,
): Promise<Asset | undefined> {
	const response = await item.send({
		method: 'GET',
		url: '/v2/assets/uploaded',
		qs: { contentSha256, type },
	});
	const body = requireBody(response) as { asset?: unknown } | null;
	if (typeof body !== 'object' || body?.asset === undefined) {
		throw unexpectedBodyError('an asset or none', body);
	}
	return body.asset === null ? undefined : parseAsset(body.asset);
}

/** Sends the file to its upload URL, which is renewed once if it has expired. @returns the URL to register */
async function sendFile(item: ItemContext, file: InputFile): Promise<string> {
	const firstTarget = await requestUploadUrl(item, file);
	const response = await putFile(item, firstTarget.uploadUrl, file);
	if (!isExpired(response)) {
		requireBodyOfStep('The file could not be uploaded', response);
		return firstTarget.url;
	}
	const secondTarget = await requestUploadUrl(item, file);
	requireBodyOfStep(
		'The file could not be uploaded',
		await putFile(item, secondTarget.uploadUrl, file),
	);
	return secondTarget.url;
}

async function requestUploadUrl(
	item: ItemContext,
	{ name, mimeType, size }: InputFile,
): Promise<{ uploadUrl: string; url: string }> {
	const body = { fileName: name, contentType: mimeType, size };
	// Safe to repeat: an unused URL does no harm.
	const request = { method: 'POST', url: '/v2/assets/upload', body } as const;
	const response = await item.send(request, { idempotent: true });
	const target = requireBodyOfStep('sync.so provided no upload URL for the file', response) as {
		uploadUrl?: unknown;
		url?: unknown;
	} | null;
	if (typeof target?.url !== 'string') {
		throw unexpectedBodyError('an upload URL', target);
	}
	return { uploadUrl: await checkFileUrl(item, target.uploadUrl), url: target.url };
}

/**
 * Registers a file as an asset. Not retried if the outcome is uncertain, because that could create two assets.
 *
 * @param contentSha256 lets {@link findUploaded} find the asset. The documentation implies this field but doesn't show
 * it: if the API rejects it, the request is sent without it.
 */
export async function registerAsset(
	item: ItemContext,
	asset: IDataObject,
	contentSha256?: string,
): Promise<ApiResponse> {
	const register = async (body: IDataObject) =>
		await item.send({ method: 'POST', url: '/v2/assets', body });
	if (contentSha256 === undefined) return await register(asset);
	const response = await register({ ...asset, contentSha256 });
	const isFieldRejected =
		!response.ok &&
		[400, 422].includes(response.failure.statusCode) &&
		response.failure.message.includes('contentSha256');
	return isFieldRejected ? await register(asset) : response;
}

/** The body of a response. @throws FailureError that names the failed step */
function requireBodyOfStep(failedStep: string, response: ApiResponse): unknown {
	if (response.ok) return response.body;
	const { failure } = response;
	throw new FailureError({ ...failure, message: `${failedStep}: ${failure.message}` });
}

/** Slowest speed at which a file in memory may be sent, in bytes per millisecond (400 kbit/s). */
const MIN_BYTES_PER_MS = 50;

/** Sends a file to its upload URL as one stream, without the API key. */
async function putFile(
	item: ItemContext,
	uploadUrl: string,
	file: InputFile,
): Promise<ApiResponse> {
	const { cancellation } = item.run;
	return await sendToStorage(item, uploadUrl, async (connection) => {
		const body = await file.open();
		// n8n sends a buffer in one piece, without visible progress: allow time for its size.
		const bufferMs = Buffer.isBuffer(body) ? file.size / MIN_BYTES_PER_MS : 0;
		const guard = new StallGuard(item.settings.timeout * 1000 + bufferMs, cancellation);
		const stream = Buffer.isBuffer(body)
			? undefined
			: createStream(body, watchProgress(body, guard));
		try {
			return (await item.context.helpers.httpRequest({
				method: 'PUT',
				url: uploadUrl,
				// n8n accepts streams, although its type doesn't say so.
				body: (stream ?? body) as Buffer,
				headers: { 'Content-Type': file.mimeType, 'Content-Length': file.size },
				encoding: 'text',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				// Following redirects would keep a copy of the body in memory.
				disableFollowRedirect: true,
				abortSignal: guard.signal,
				...connection,
			})) as IN8nHttpFullResponse;
		} finally {
			guard.end();
			stream?.destroy();
		}
	});
}

/** Passes on the chunks of a stream, and records their progress. */
async function* watchProgress(stream: FileStream, guard: StallGuard): AsyncGenerator<Uint8Array> {
	for await (const chunk of stream) {
		guard.recordProgress();
		yield chunk as Uint8Array;
	}
}
