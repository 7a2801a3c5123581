import type { IDataObject } from 'n8n-workflow';
import type { Asset } from '../items/assetItem';
import { assetIn } from '../items/assetItem';
import { failureOfAnswer, FailureError, failureOfInput } from '../transport/errors';
import type { InputFile } from './inputFile';
import type { AssetType } from './mediaTypes';
import type { Call } from '../transport/operation';
import { bodyOf } from '../transport/operation';
import type { Answer } from '../transport/sender';
import { checkFileUrl, inMegabytes, isExpired, LARGEST_FILE, putFile } from './storage';

/** What becomes of a file that is uploaded. */
export interface UploadSettings {
	type: AssetType;
	/** Whether a file that is there already is found by its content, and not sent again. */
	reuseExisting: boolean;
	/** What else is said of a new asset: `name`, `visibility`, `projectId`. */
	fields?: IDataObject;
}

/**
 * Sends a file to sync.so as one stream and registers it as an asset, unless it is one already.
 *
 * @throws FailureError, which says at which step; nothing is registered half-way then
 */
export async function uploadFile(
	call: Call,
	file: InputFile,
	{ type, reuseExisting, fields }: UploadSettings,
): Promise<{ asset: Asset; reused: boolean }> {
	checkSize(file);
	let contentSha256: string | undefined;
	if (reuseExisting) {
		contentSha256 = await file.sha256();
		const found = await findUploaded(call, contentSha256, type);
		if (found) return { asset: found, reused: true };
	}
	const url = await sendFile(call, file);
	const wanted = { name: file.name, ...fields, url, type };
	const answer = await registerAsset(call, wanted, contentSha256);
	const body = bodyOfStep('The file was sent, but not registered as an asset', answer);
	return { asset: assetIn(body), reused: false };
}

/** @throws FailureError when the file is larger than what sync.so takes */
function checkSize({ name, size }: InputFile): void {
	if (size <= LARGEST_FILE) return;
	throw new FailureError(
		failureOfInput(
			`The file “${name}” has ${inMegabytes(size)}, more than the ${inMegabytes(LARGEST_FILE)} that sync.so takes`,
			'Make the file smaller, or cut it into parts',
		),
	);
}

/**
 * The asset that was made of a file before, with the same API key.
 *
 * @param contentSha256 the digest of the file, in hexadecimal
 * @throws FailureError when it can't be told
 */
export async function findUploaded(
	call: Call,
	contentSha256: string,
	type: AssetType,
): Promise<Asset | undefined> {
	const answer = await call.send({
		method: 'GET',
		url: '/v2/assets/uploaded',
		qs: { contentSha256, type },
	});
	const body = bodyOf(answer) as { asset?: unknown } | null;
	if (typeof body !== 'object' || body?.asset === undefined) {
		throw new FailureError(failureOfAnswer('an asset or none', body));
	}
	return body.asset === null ? undefined : assetIn(body.asset);
}

/** Sends the file to the storage; an address whose time is over is renewed once. Gives the address to register. */
async function sendFile(call: Call, file: InputFile): Promise<string> {
	const first = await uploadAddress(call, file);
	const answer = await putFile(call, first.uploadUrl, file);
	if (!isExpired(answer)) {
		bodyOfStep('The file could not be sent', answer);
		return first.url;
	}
	const second = await uploadAddress(call, file);
	bodyOfStep('The file could not be sent', await putFile(call, second.uploadUrl, file));
	return second.url;
}

async function uploadAddress(
	call: Call,
	{ name, mimeType, size }: InputFile,
): Promise<{ uploadUrl: string; url: string }> {
	const body = { fileName: name, contentType: mimeType, size };
	// Safe to send again: an address that nobody uses does no harm.
	const request = { method: 'POST', url: '/v2/assets/upload', body } as const;
	const answer = await call.send(request, { idempotent: true });
	const given = bodyOfStep('sync.so gave no address to send the file to', answer) as {
		uploadUrl?: unknown;
		url?: unknown;
	} | null;
	if (typeof given?.url !== 'string') {
		throw new FailureError(failureOfAnswer('an address for the file', given));
	}
	return { uploadUrl: await checkFileUrl(call, given.uploadUrl), url: given.url };
}

/**
 * Registers a file as an asset. Not sent again when it is uncertain whether it was done: that would give two assets.
 *
 * @param contentSha256 the digest of the file, by which it is found again. The documentation implies this field but
 * does not show it, so an API that refuses it gets the request without.
 */
export async function registerAsset(
	call: Call,
	asset: IDataObject,
	contentSha256?: string,
): Promise<Answer> {
	const register = async (body: IDataObject) =>
		await call.send({ method: 'POST', url: '/v2/assets', body });
	if (contentSha256 === undefined) return await register(asset);
	const answer = await register({ ...asset, contentSha256 });
	const isRefused =
		!answer.ok &&
		[400, 422].includes(answer.failure.statusCode) &&
		answer.failure.message.includes('contentSha256');
	return isRefused ? await register(asset) : answer;
}

/** The body of an answer; of a failure, says which step it was. @throws FailureError */
function bodyOfStep(what: string, answer: Answer): unknown {
	if (answer.ok) return answer.body;
	const { failure } = answer;
	throw new FailureError({ ...failure, message: `${what}: ${failure.message}` });
}
