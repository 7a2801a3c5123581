import { randomUUID } from 'node:crypto';

import type { Asset } from './types.mts';

/**
 * Builds an asset. Every field that is not given is null or has its default.
 *
 * @param createdAt in ISO 8601
 */
export const buildAsset = (
	createdAt: string,
	fields: Partial<Asset> & Pick<Asset, 'type'>,
): Asset => ({
	id: randomUUID(),
	createdAt,
	updatedAt: createdAt,
	visibility: 'USER',
	name: null,
	url: null,
	size: null,
	format: null,
	inputType: 'UPLOAD',
	durationSeconds: null,
	thumbnailUrl: null,
	width: null,
	height: null,
	projectId: null,
	...fields,
});

/** Gets the format of a file: the extension of its name in lower case; null if there is none. */
export const getFormat = (fileName: string): string | null =>
	/\.(\w+)$/.exec(fileName)?.[1].toLowerCase() ?? null;
