import type { INode } from 'n8n-workflow';

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
const requestTwice = (url: string, more?: Partial<INode>) => [
	httpRequest('Address', { url: `=${url}/v2/assets/{{ $json.assetId }}/download` }),
	httpRequest(
		'File',
		{
			url: '={{ $json.data }}',
			authentication: 'none',
			options: { response: { response: { responseFormat: 'file' } } },
		},
		more,
	),
];

const requests: Subject = {
	name: '2 × HTTP Request',
	nodes: (url) => requestTwice(url),
};

const subjects = [ours, requests];

const sourceOf: Comparison['source'] = async (input, control) =>
	jsonSource({ assetId: (await addFile(input, control)).id });

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
	source: sourceOf,
	columns: COLUMNS,
	rounds: roundsOf(subjects),
	goals: (results) => [...timeGoals(results, ours, requests), memoryGoal(results, ours)],
};

const retried: Subject = {
	name: '2 × HTTP Request, Retry On Fail',
	nodes: (url) => requestTwice(url, { retryOnFail: true, maxTries: 2, waitBetweenTries: 1000 }),
};

const interruptedSubjects = [ours, retried];

/** Which part of the file is sent before the connection breaks. */
const SENT = 0.9;

/** Getting a file over a connection that breaks once. */
export const interrupted: Comparison = {
	name: 'interrupted',
	title: 'Download: a connection that breaks at 90 %',
	notes: [
		`${ABOUT_FILES} The storage closes the connection once, after ${SENT * 100} % of the file. Sync Asset then requests the rest; HTTP Request, with _Retry On Fail_ and the same pause of 1 s, requests the whole file again.`,
	],
	baseline: retried,
	subjects: interruptedSubjects,
	warmUp: WARM_UP,
	source: async (input, control) => {
		const match = { operationId: 'GetObject' };
		const afterBytes = SENT * input.fileSize;
		await control.addFault({ kind: 'cut', match, afterBytes, times: 1 });
		return await sourceOf(input, control);
	},
	columns: COLUMNS,
	rounds: roundsOf(interruptedSubjects),
	goals: (results) => timeGoals(results, ours, retried),
};
