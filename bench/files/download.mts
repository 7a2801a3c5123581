import { jsonSource } from '../../n8n/workflow.mts';
import type { Comparison, Subject } from '../comparison.mts';
import { ASSET_OF_ITEM, httpRequest, syncAsset } from '../nodes.mts';
import {
	ABOUT_FILES,
	addFile,
	COLUMNS,
	memoryGoal,
	roundsOf,
	timeGoals,
	WARM_UP,
} from './files.mts';

const ours: Subject = {
	name: 'Sync Asset: Download',
	nodes: () => [syncAsset('download', { assetId: ASSET_OF_ITEM, options: {} })],
};

/** What a user would take instead: one for the address of the file, one for the file. */
const requests: Subject = {
	name: '2 × HTTP Request',
	nodes: (url) => [
		httpRequest('Address', { url: `=${url}/v2/assets/{{ $json.assetId }}/download` }),
		httpRequest('File', {
			url: '={{ $json.data }}',
			authentication: 'none',
			options: { response: { response: { responseFormat: 'file' } } },
		}),
	],
};

const subjects = [ours, requests];

/** Getting the file of an asset. */
export const download: Comparison = {
	name: 'download',
	title: 'Download: the file of an asset',
	notes: [
		`${ABOUT_FILES} Sync Asset gives the facts about the asset along with its file, for which it sends one request more.`,
	],
	baseline: requests,
	subjects,
	warmUp: WARM_UP,
	source: async (input, control) => jsonSource({ assetId: (await addFile(input, control)).id }),
	columns: COLUMNS,
	rounds: roundsOf(subjects),
	goals: (results) => [...timeGoals(results, ours, requests), memoryGoal(results, ours)],
};
