import type { INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import type { Asset } from '../../shared/items/assetItem';
import { assetIn } from '../../shared/items/assetItem';
import { assetLocatorNamed } from '../../shared/fields/assetLocator';
import type { InputFile } from '../../shared/files/inputFile';
import { inputFileOf } from '../../shared/files/inputFile';
import type { AssetType } from '../../shared/files/mediaTypes';
import { assetTypeOf, mimeTypeOfName } from '../../shared/files/mediaTypes';
import type { Call } from '../../shared/transport/operation';
import { inputFileField } from '../../shared/fields/options';
import { PerRun } from '../../shared/transport/run';
import { webAddress } from '../../shared/fields/webAddress';
import { choiceOf } from '../../shared/fields/values';

/** Where media comes from, and what is known of it. */
export interface Media {
	/** The field of the input item that holds it, read when it is sent. */
	file?: InputFile;
	url?: string;
	assetId?: string;
	/** What it is, where that can be told. */
	type?: AssetType;
	/** In seconds, where it is known. */
	duration?: number;
}

/** Fields for media have a name of their own for each use: n8n evaluates every field of a name for each item. */
export type MediaName = 'visual' | 'audio';

const SHOWN_AS = { visual: 'Video or Image', audio: 'Audio' };
const SEARCH = { visual: 'searchVisualAssets', audio: 'searchAudioAssets' };
const EXAMPLE = { visual: 'interview.mp4', audio: 'voice.mp3' };

/** Where a file usually is, and what the field that says so is called. */
const FILE_FIELD = { visual: 'data', audio: 'audio' };
const FILE_SHOWN_AS = { visual: 'Video Data Field Name', audio: 'Audio Data Field Name' };

/** The sources that all media has, as an entry of a list each. */
export const mediaSources = [
	{ name: 'Asset', value: 'asset', description: 'A file that is in the sync.so account' },
	{
		name: 'Binary Field',
		value: 'binary',
		description:
			'A file from a previous node. It is uploaded as an asset first, unless it is one already.',
	},
	{ name: 'URL', value: 'url', description: 'A file on the web that opens without a login' },
];

/** The fields for media from one of the {@link mediaSources}, which the parameter `<name>Source` says. */
export const mediaFields = (name: MediaName): INodeProperties[] => [
	{
		displayName: `${SHOWN_AS[name]} URL`,
		name: `${name}Url`,
		type: 'string',
		required: true,
		displayOptions: { show: { [`${name}Source`]: ['url'] } },
		default: '',
		placeholder: `e.g. https://www.example.com/${EXAMPLE[name]}`,
		description: 'The public address of the file, which sync.so has to reach without a login',
	},
	...updateDisplayOptions({ show: { [`${name}Source`]: ['asset'] } }, [
		assetLocatorNamed(`${SHOWN_AS[name]} Asset`, `${name}AssetId`, SEARCH[name]),
	]),
	{
		...inputFileField,
		displayName: FILE_SHOWN_AS[name],
		name: `${name}FieldName`,
		displayOptions: { show: { [`${name}Source`]: ['binary'] } },
		default: FILE_FIELD[name],
		placeholder: `e.g. ${FILE_FIELD[name]}`,
	},
];

/**
 * The media that the fields of a name say.
 *
 * @param look whether an asset is looked up, to know more of it
 * @throws FailureError when there is none
 */
export async function mediaOf(call: Call, name: MediaName, look: boolean): Promise<Media> {
	const sources = ['asset', 'binary', 'url'] as const;
	const source = choiceOf(
		call.parameter(`${name}Source`, 'url'),
		`The source of ${SHOWN_AS[name]}`,
		sources,
	);
	if (source === 'binary') {
		const file = await inputFileOf(call, `${name}FieldName`, FILE_SHOWN_AS[name]);
		return { file, type: file.type };
	}
	if (source === 'url') {
		const url = webAddress(call.parameter(`${name}Url`), `${SHOWN_AS[name]} URL`, EXAMPLE[name]);
		return { url: url.href, type: assetTypeOf(mimeTypeOfName(url.pathname)) };
	}
	const assetId = call.id(`${name}AssetId`, 'asset');
	if (!look) return { assetId };
	const { type, durationSeconds } = await assetOf(call, assetId);
	return { assetId, type, duration: durationSeconds ?? undefined };
}

const assets = new PerRun(() => new Map<string, Promise<Asset>>());

/** An asset; asked for once in a run, because many items may have the same. */
async function assetOf(call: Call, assetId: string): Promise<Asset> {
	const known = assets.of(call.context);
	let asset = known.get(assetId);
	if (!asset) {
		const url = `/v2/assets/${encodeURIComponent(assetId)}`;
		asset = call.ask({ method: 'GET', url, body: undefined }).then(assetIn);
		known.set(assetId, asset);
		// When n8n tries the node again, it is asked for anew.
		asset.catch(() => known.delete(assetId));
	}
	return await asset;
}
