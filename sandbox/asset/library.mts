import type { components } from '../../nodes/shared/api.ts';

/** An asset as the contract has it. */
export type Asset = components['schemas']['Asset'];

/** A project as the contract has it. */
export type Project = components['schemas']['Project'];

const id = (number: number): string =>
	`5a7c0000-0000-4000-8000-${String(number).padStart(12, '0')}`;

function asset(
	number: number,
	type: Asset['type'],
	name: string,
	more: Partial<Asset> = {},
): Asset {
	const day = String(number).padStart(2, '0');
	return {
		id: id(number),
		createdAt: `2026-10-${day}T09:30:00.000Z`,
		updatedAt: `2026-10-${day}T09:30:05.000Z`,
		type,
		visibility: 'USER',
		name,
		url: `https://assets.sync.so/uploads/library/${name}`,
		format: name.split('.').pop(),
		inputType: 'UPLOAD',
		...more,
	};
}

const video = (number: number, name: string, durationSeconds: number, more?: Partial<Asset>) =>
	asset(number, 'VIDEO', name, {
		durationSeconds,
		size: Math.round(durationSeconds * 671_089),
		width: 1920,
		height: 1080,
		thumbnailUrl: `https://assets.sync.so/thumbnails/${number}.jpg`,
		projectId: null,
		...more,
	});

const audio = (number: number, name: string, durationSeconds: number, more?: Partial<Asset>) =>
	asset(number, 'AUDIO', name, {
		durationSeconds,
		size: Math.round(durationSeconds * 16_000),
		...more,
	});

const image = (number: number, name: string, size: number, more?: Partial<Asset>) =>
	asset(number, 'IMAGE', name, { size, width: 1024, height: 1536, ...more });

/** The project that `ASSETS.inProject` is in. */
export const PROJECT_ID = '0a1b2c3d-0000-4000-8000-000000000001';

/** The user whom the key belongs to, and all assets but the shared one. */
export const OWNER_ID = '0a1b2c3d-0000-4000-8000-000000000002';

/** Another member of the organization, whom `ASSETS.shared` belongs to. */
export const COLLEAGUE_ID = '0a1b2c3d-0000-4000-8000-000000000003';

/** The project that is always there, the owner's. */
export const LIBRARY_PROJECT: Project = {
	id: PROJECT_ID,
	createdAt: '2026-10-05T08:00:00.000Z',
	updatedAt: '2026-10-06T09:30:05.000Z',
	visibility: 'USER',
	mode: 'CREATOR',
	name: 'Webinars',
	description: null,
	defaultWorkflow: 'lipsync',
};

/** The assets that are always there. Some lack optional fields, as the real API's do. */
export const LIBRARY: Asset[] = [
	video(1, 'interview-ceo.mp4', 94.32),
	audio(2, 'voiceover-english.wav', 42.5),
	image(3, 'portrait-anna.png', 2_411_724),
	video(4, 'product-teaser.mov', 28.04, { width: 1080, height: 1920, inputType: 'URL' }),
	audio(5, 'podcast-episode-12.mp3', 1843.7, { visibility: 'ORGANIZATION' }),
	video(6, 'webinar-intro.webm', 61, { projectId: PROJECT_ID }),
	image(7, 'storyboard.webp', 384_211, { inputType: 'PLATFORM_IMPORT', thumbnailUrl: null }),
	// A field that the contract does not know: the API may add some at any time.
	audio(8, 'greeting-spanish.wav', 6.21, { inputType: 'TTS', transcriptLanguage: 'es' }),
	video(9, 'training-part-1.mp4', 300.5, { name: null, url: null }),
	video(10, 'course-welcome.mp4', 12.48, { width: null, height: null }),
	// Nothing but what every asset has.
	{
		id: id(11),
		createdAt: '2026-10-11T09:30:00.000Z',
		updatedAt: '2026-10-11T09:30:00.000Z',
		type: 'IMAGE',
		visibility: 'USER',
	},
	audio(12, 'answer-machine.ogg', 59.99, { size: null, inputType: 'RECORD' }),
];

/** Assets of the library by what they are there for. */
export const ASSETS = {
	/** A video of more than a minute. */
	interview: id(1),
	/** Audio of less than a minute. */
	voiceover: id(2),
	image: id(3),
	/** A video of less than a minute. */
	teaser: id(4),
	/** A colleague's, shared with the organization: can be seen, and not be changed. */
	shared: id(5),
	/** In a project. */
	inProject: id(6),
	/** With a field that the contract does not know. */
	unknownField: id(8),
	/** Without a name and an address. */
	nameless: id(9),
	/** With nothing but what every asset has. */
	bare: id(11),
};

/** The ID of an asset that is not there. */
export const MISSING_ASSET_ID = id(404);

/** The ID of an asset that seeding adds. @param index from 0 */
export const assetIdAt = (index: number): string =>
	`5eed0000-0000-4000-8000-${String(index).padStart(12, '0')}`;

/** An asset that seeding adds: one of the library's under another ID and name. */
export function generatedAsset(index: number): Asset {
	const model = LIBRARY[index % 8];
	return { ...model, id: assetIdAt(index), name: `take-${index}-${model.name}` };
}
