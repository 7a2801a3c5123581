import { PROJECT_ID } from '../project/fixtures.mts';
import type { Asset } from './types.mts';

const initialAssetId = (number: number): string =>
	`5a7c0000-0000-4000-8000-${String(number).padStart(12, '0')}`;

function buildFixture(
	number: number,
	type: Asset['type'],
	name: string,
	fields: Partial<Asset> = {},
): Asset {
	const day = String(number).padStart(2, '0');
	return {
		id: initialAssetId(number),
		createdAt: `2026-10-${day}T09:30:00.000Z`,
		updatedAt: `2026-10-${day}T09:30:05.000Z`,
		type,
		visibility: 'USER',
		name,
		url: `https://assets.sync.so/uploads/library/${name}`,
		format: name.split('.').pop(),
		inputType: 'UPLOAD',
		...fields,
	};
}

const video = (number: number, name: string, durationSeconds: number, fields?: Partial<Asset>) =>
	buildFixture(number, 'VIDEO', name, {
		durationSeconds,
		size: Math.round(durationSeconds * 671_089),
		width: 1920,
		height: 1080,
		thumbnailUrl: `https://assets.sync.so/thumbnails/${number}.jpg`,
		projectId: null,
		...fields,
	});

const audio = (number: number, name: string, durationSeconds: number, fields?: Partial<Asset>) =>
	buildFixture(number, 'AUDIO', name, {
		durationSeconds,
		size: Math.round(durationSeconds * 16_000),
		...fields,
	});

const image = (number: number, name: string, size: number, fields?: Partial<Asset>) =>
	buildFixture(number, 'IMAGE', name, { size, width: 1024, height: 1536, ...fields });

/** The asset library: the initial assets. Some lack optional fields, like those of the real API. */
export const LIBRARY: Asset[] = [
	video(1, 'interview-ceo.mp4', 94.32),
	audio(2, 'voiceover-english.wav', 42.5),
	image(3, 'portrait-anna.png', 2_411_724),
	video(4, 'product-teaser.mov', 28.04, { width: 1080, height: 1920, inputType: 'URL' }),
	audio(5, 'podcast-episode-12.mp3', 1843.7, { visibility: 'ORGANIZATION' }),
	video(6, 'webinar-intro.webm', 61, { projectId: PROJECT_ID }),
	image(7, 'storyboard.webp', 384_211, { inputType: 'PLATFORM_IMPORT', thumbnailUrl: null }),
	// The real API may add fields that the contract does not have.
	audio(8, 'greeting-spanish.wav', 6.21, { inputType: 'TTS', transcriptLanguage: 'es' }),
	video(9, 'training-part-1.mp4', 300.5, { name: null, url: null }),
	video(10, 'course-welcome.mp4', 12.48, { width: null, height: null }),
	{
		id: initialAssetId(11),
		createdAt: '2026-10-11T09:30:00.000Z',
		updatedAt: '2026-10-11T09:30:00.000Z',
		type: 'IMAGE',
		visibility: 'USER',
	},
	audio(12, 'answer-machine.ogg', 59.99, { size: null, inputType: 'RECORD' }),
];

/** The IDs of initial assets, by what tests use them for. */
export const ASSETS = {
	/** A video of more than a minute. */
	interview: initialAssetId(1),
	/** Audio of less than a minute. */
	voiceover: initialAssetId(2),
	image: initialAssetId(3),
	/** A video of less than a minute. */
	teaser: initialAssetId(4),
	/** Shared by the colleague. The owner of the other assets can see it, but not change it. */
	shared: initialAssetId(5),
	/** In the initial project. */
	inProject: initialAssetId(6),
	/** With a field that the contract does not have. */
	unknownField: initialAssetId(8),
	/** Without a name or a URL. */
	nameless: initialAssetId(9),
	/** With only the required fields. */
	bare: initialAssetId(11),
};

/** A valid ID of an asset that does not exist. */
export const MISSING_ASSET_ID = initialAssetId(404);

/** Builds the ID of a seeded asset. @param index from 0 */
export const seededAssetId = (index: number): string =>
	`5eed0000-0000-4000-8000-${String(index).padStart(12, '0')}`;

/** Builds a seeded asset: an initial asset with another ID and name. @param index from 0 */
export function buildSeededAsset(index: number): Asset {
	const original = LIBRARY[index % 8];
	return { ...original, id: seededAssetId(index), name: `take-${index}-${original.name}` };
}
