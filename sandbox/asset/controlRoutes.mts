import type { FastifyInstance } from 'fastify';

import { getOrigin } from '../core/origin.mts';
import { OWNER_ID } from '../core/users.mts';
import { CONTENT_TYPES } from '../storage/sampleFiles.mts';
import { getFileUrl } from '../storage/urls.mts';
import { buildAsset, getFormat } from './buildAsset.mts';
import type { AssetState } from './state.mts';
import type { Asset } from './types.mts';

/** A file of any size. Its content is generated as it is downloaded, and always the same. */
export interface GeneratedFile {
	/** In bytes. */
	size: number;
	type: Asset['type'];
	/** The file name. The extension determines the content type. */
	name: string;
}

/** Adds the routes that `SandboxClient` uses to add assets. */
export function addAssetControlRoutes(app: FastifyInstance, state: AssetState): void {
	app.post<{ Body: { count: number } }>('/assets', ({ body }, reply) => {
		state.assets.seed(body.count);
		void reply.code(204).send();
	});
	app.post<{ Body: GeneratedFile }>('/assets-with-file', (request) =>
		addAssetWithFile(request.body, getOrigin(request), state),
	);
}

/** Adds an asset of the owner with a generated file. */
function addAssetWithFile(
	{ size, type, name }: GeneratedFile,
	origin: string,
	{ assets, files, clock }: AssetState,
): Asset {
	const key = files.generateKey(name);
	const format = getFormat(name);
	const contentType = CONTENT_TYPES[format ?? ''] ?? 'application/octet-stream';
	files.addGenerated(key, size, contentType);
	const asset = buildAsset(clock.now(), { type, name, size, format, url: getFileUrl(key, origin) });
	assets.add({ asset, ownerId: OWNER_ID, key });
	return asset;
}
