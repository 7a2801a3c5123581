import { failureOfAnswer, FailureError } from '../../shared/errors';
import type { AssetType } from '../../shared/mediaTypes';
import type { Call } from '../../shared/operation';
import { bodyOf } from '../../shared/operation';
import type { Asset } from './assetItem';
import { assetIn } from './assetItem';

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
