import { ASSET_FIELDS, toAssetItem } from '../../nodes/shared/items/assetItem.ts';
import { GENERATION_FIELDS } from '../../nodes/shared/items/generationItem.ts';
import { TRANSCRIPTION_FIELDS } from '../../nodes/shared/items/transcriptionItem.ts';
import { VOICE_FIELDS } from '../../nodes/shared/items/voiceItem.ts';
import { PROJECT_FIELDS } from '../../nodes/SyncAsset/project/projectItem.ts';
import { BATCH_FIELDS } from '../../nodes/shared/items/batchItem.ts';
import { DIALOGUE_EDIT_FIELDS } from '../../nodes/SyncGeneration/dialogueEdit/dialogueEditItem.ts';
import { USAGE_FIELDS } from '../../nodes/SyncGeneration/usage/usageItem.ts';
import { parseCall, toEventItem } from '../../nodes/SyncTrigger/webhook/events.ts';
import { SPEAKER } from '../unit/assets.mts';
import { COMPLETED } from '../unit/generations.mts';
import { readText } from './repository.mts';

/** Lists the fields of a schema preview, in the order in which n8n's editor shows them. */
const listPreviewed = (file: string): string[] => {
	const preview = JSON.parse(readText(`nodes/${file}`)) as { properties: object };
	return Object.keys(preview.properties);
};

test.each<[string, string, readonly string[]]>([
	['an asset', 'SyncAsset/__schema__/v1.0.0/asset/get.json', ASSET_FIELDS],
	['a project', 'SyncAsset/__schema__/v1.0.0/project/get.json', PROJECT_FIELDS],
	['a generation', 'SyncGeneration/__schema__/v1.0.0/generation/get.json', GENERATION_FIELDS],
	['a batch', 'SyncGeneration/__schema__/v1.0.0/batch/get.json', BATCH_FIELDS],
	[
		'a transcription',
		'SyncGeneration/__schema__/v1.0.0/transcription/get.json',
		TRANSCRIPTION_FIELDS,
	],
	[
		'a dialogue edit',
		'SyncGeneration/__schema__/v1.0.0/dialogueEdit/get.json',
		DIALOGUE_EDIT_FIELDS,
	],
	['a recorded cost', 'SyncGeneration/__schema__/v1.0.0/usage/getAll.json', USAGE_FIELDS],
	['a voice', 'SyncGeneration/__schema__/v1.0.0/voice/get.json', VOICE_FIELDS],
])('the schema preview of %s has its fields in output order', (_what, file, fields) => {
	expect(listPreviewed(file)).toEqual(fields);
});

test('the schema preview of Find by File has its fields in output order', () => {
	const item = toAssetItem(SPEAKER, { simplify: false, withFound: true });
	expect(listPreviewed('SyncAsset/__schema__/v1.0.0/asset/findByFile.json')).toEqual(
		Object.keys(item),
	);
});

test('the schema preview of Sync Trigger has the fields of both kinds of items', () => {
	const toKeys = (body: object) => {
		const call = parseCall(Buffer.from(JSON.stringify(body)));
		return Object.keys(call ? toEventItem(call) : {});
	};
	const generationKeys = toKeys(COMPLETED);
	const batchKeys = toKeys({ id: 'batch_1', status: 'COMPLETED', metrics: {} });
	const previewed = listPreviewed('SyncTrigger/__schema__/v1.0.0.json');
	expect(previewed).toEqual([...new Set([...generationKeys, ...batchKeys])]);
	expect(listPreviewed('SyncTrigger/__schema__/v1.0.0/output.json')).toEqual(previewed);
});
