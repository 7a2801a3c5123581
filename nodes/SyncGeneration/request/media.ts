import type { INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { createAssetLocator } from '../../shared/fields/assetLocator';
import { inputFileField } from '../../shared/fields/commonFields';
import { readPublicUrl } from '../../shared/fields/publicUrl';
import { HIDDEN_IN_TOOLS } from '../../shared/fields/toolFields';
import type { InputFile } from '../../shared/files/inputFile';
import { readInputFile } from '../../shared/files/inputFile';
import type { AssetType } from '../../shared/files/mediaTypes';
import { guessMimeType, toAssetType } from '../../shared/files/mediaTypes';
import { uploadFile } from '../../shared/files/upload';
import type { Asset } from '../../shared/items/assetItem';
import { parseAsset } from '../../shared/items/assetItem';
import type { ItemContext } from '../../shared/transport/itemContext';
import { PerRun } from '../../shared/transport/run';
import { parseChoice } from '../../shared/transport/values';

/** A video, image or audio: its source, and what is known about it. */
export type Media = Readonly<
	{
		/** Undefined if unknown. */
		type?: AssetType;
		/** In seconds. Undefined if unknown. */
		duration?: number;
	} & (
		| { from: 'file'; file: InputFile }
		| { from: 'url'; url: string }
		| { from: 'asset'; assetId: string }
	)
>;

/** The prefix of the names of media fields, which must differ: n8n evaluates all fields of one name for each item. */
export type MediaName = 'visual' | 'audio';

const LABEL = { visual: 'Video or Image', audio: 'Audio' };
const SEARCH = { visual: 'searchVisualAssets', audio: 'searchAudioAssets' };
const EXAMPLE = { visual: 'interview.mp4', audio: 'voice.mp3' };

/** The default binary fields. */
const FILE_FIELD = { visual: 'data', audio: 'audio' };
/** The labels of the parameters that select a binary field. */
const FILE_LABEL = { visual: 'Video Data Field Name', audio: 'Audio Data Field Name' };

/** The sources that all media fields offer, as options of a list. */
export const mediaSources = [
	{ name: 'Asset', value: 'asset', description: 'A file in your sync.so account' },
	{
		name: 'Binary Field',
		value: 'binary',
		displayOptions: HIDDEN_IN_TOOLS,
		description: 'Upload a file from a previous node first',
	},
	{ name: 'URL', value: 'url', description: 'A file on the web that opens without a login' },
];

/** The fields of each of the {@link mediaSources}, shown if the parameter `<name>Source` selects that source. */
export const mediaFields = (name: MediaName): INodeProperties[] => [
	{
		displayName: `${LABEL[name]} URL`,
		name: `${name}Url`,
		type: 'string',
		required: true,
		displayOptions: { show: { [`${name}Source`]: ['url'] } },
		default: '',
		placeholder: `e.g. https://www.example.com/${EXAMPLE[name]}`,
		description: 'The public URL of the file. sync.so must be able to open it without a login.',
	},
	...updateDisplayOptions({ show: { [`${name}Source`]: ['asset'] } }, [
		createAssetLocator(`${LABEL[name]} Asset`, `${name}AssetId`, SEARCH[name]),
	]),
	{
		...inputFileField,
		displayName: FILE_LABEL[name],
		name: `${name}FieldName`,
		displayOptions: { show: { [`${name}Source`]: ['binary'] } },
		default: FILE_FIELD[name],
		placeholder: `e.g. ${FILE_FIELD[name]}`,
	},
];

/**
 * Reads the {@link mediaFields} with a prefix. Sends nothing.
 *
 * @throws FailureError if a field is missing or invalid
 */
export async function readMedia(item: ItemContext, name: MediaName): Promise<Media> {
	const sources = ['asset', 'binary', 'url'] as const;
	const source = parseChoice(
		item.parameter(`${name}Source`, 'url'),
		`${LABEL[name]} Source`,
		sources,
	);
	if (source === 'binary') {
		const file = await readInputFile(item, `${name}FieldName`, FILE_LABEL[name]);
		return { from: 'file', file, type: file.type };
	}
	if (source === 'url') {
		const value = item.parameter(`${name}Url`);
		const url = await readPublicUrl(item, value, `${LABEL[name]} URL`, EXAMPLE[name]);
		return { from: 'url', url: url.href, type: toAssetType(guessMimeType(url.pathname)) };
	}
	const label = `${LABEL[name]} Asset`;
	return { from: 'asset', assetId: item.readId(`${name}AssetId`, 'asset', [], { label }) };
}

/** The assets that a run has looked up, by ID. */
const assetLookups = new PerRun(() => new Map<string, Promise<Asset>>());

/** Looks up an asset once per run, because many items may use the same one. @throws FailureError if that fails */
export async function lookUpAsset(item: ItemContext, id: string): Promise<Asset> {
	const lookups = assetLookups.get(item.run);
	let asset = lookups.get(id);
	if (!asset) {
		const url = `/v2/assets/${encodeURIComponent(id)}`;
		asset = item.request({ method: 'GET', url, body: undefined }).then(parseAsset);
		lookups.set(id, asset);
	}
	return await asset;
}

/** Adds the type and length of an asset. */
export async function inspectMedia(item: ItemContext, media: Media): Promise<Media> {
	if (media.from !== 'asset') return media;
	const { type, durationSeconds } = await lookUpAsset(item, media.assetId);
	return { ...media, type, duration: durationSeconds ?? undefined };
}

/** How to upload files. */
export interface UploadOptions {
	/** Whether to reuse a file with the same content that was uploaded before. */
	reuseExisting: boolean;
	/** The project to add new assets to. */
	projectId?: string;
}

/** Uploads a file, and returns its asset. Returns media that isn't a file as it is. */
export async function uploadMedia(
	item: ItemContext,
	media: Media,
	type: AssetType,
	{ reuseExisting, projectId }: UploadOptions,
): Promise<Media> {
	if (media.from !== 'file') return media;
	const fields = projectId === undefined ? undefined : { projectId };
	const { asset } = await item.run.withFile(
		async () => await uploadFile(item, media.file, { type, reuseExisting, fields }),
	);
	return { from: 'asset', assetId: asset.id, type, duration: asset.durationSeconds ?? undefined };
}
