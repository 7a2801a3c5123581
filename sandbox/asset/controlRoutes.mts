import type { FastifyInstance } from 'fastify';

import { OWNER_ID } from '../core/users.mts';
import { CONTENT_TYPES } from '../storage/sampleFiles.mts';
import { fileUrl } from '../storage/urls.mts';
import type { AssetContext } from './state.mts';
import type { Asset } from './fixtures.mts';
import { fileExtension, newAsset } from './store.mts';

/** A file of any size: its content is generated as it is downloaded, and always the same. */
export interface GeneratedFile {
	/** In bytes. */
	size: number;
	type: Asset['type'];
	/** The file name. Its extension determines the content type. */
	name: string;
}

/** Adds the routes with which `SandboxClient` adds assets. */
export function addAssetControl(app: FastifyInstance, context: AssetContext): void {
	app.post<{ Body: { count: number } }>('/assets', ({ body }, reply) => {
		context.assets.seed(body.count);
		void reply.code(204).send();
	});
	app.post<{ Body: GeneratedFile }>('/stored-assets', ({ body, protocol, host }) =>
		addStoredAsset(body, `${protocol}://${host}`, context),
	);
}

/** Adds an asset with a generated file. It belongs to the owner. */
function addStoredAsset(
	{ size, type, name }: GeneratedFile,
	origin: string,
	{ assets, files, clock }: AssetContext,
): Asset {
	const key = files.newKey(name);
	const format = fileExtension(name);
	const contentType = CONTENT_TYPES[format ?? ''] ?? 'application/octet-stream';
	files.addGenerated(key, size, contentType);
	const asset = newAsset(clock.now(), { type, name, size, format, url: fileUrl(key, origin) });
	assets.add({ asset, ownerId: OWNER_ID, key });
	return asset;
}
