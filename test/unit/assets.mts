import type { Asset } from '../../nodes/shared/items/assetItem.ts';

/** The example asset of the API reference. */
export const SPEAKER: Asset = {
	id: '550e8400-e29b-41d4-a716-446655440000',
	name: 'speaker.mp4',
	type: 'VIDEO',
	durationSeconds: 12.48,
	format: 'mp4',
	size: 8388608,
	width: 1920,
	height: 1080,
	url: 'https://assets.sync.so/uploads/x/speaker.mp4',
	thumbnailUrl: null,
	inputType: 'UPLOAD',
	visibility: 'USER',
	projectId: null,
	createdAt: '2026-01-15T09:30:00.000Z',
	updatedAt: '2026-01-15T09:30:05.000Z',
};

/** Builds a UUID that contains the number. */
export const uuid = (number: number): string =>
	`550e8400-e29b-41d4-a716-${String(number).padStart(12, '0')}`;

/** Builds this many different UUIDs. */
export const uuids = (count: number): string[] =>
	Array.from({ length: count }, (_, index) => uuid(index));

/** Builds the example asset with another ID. */
export const buildAssetWithId = (id: string): Asset => ({ ...SPEAKER, id, name: `${id}.mp4` });
