import type { INode } from 'n8n-workflow';

import { buildJsonSource } from '../../n8n/workflow.mts';
import type { Comparison, Contender } from '../comparison.mts';
import { ASSET_ID_FROM_ITEM, buildHttpRequest, buildSyncAsset } from '../nodes.mts';
import {
	ABOUT_FILES,
	addFile,
	COLUMNS,
	createMemoryGoal,
	createScenarios,
	createTimeGoals,
	WARM_UP,
} from './common.mts';

const ours: Contender = {
	name: 'Sync Asset: Download',
	nodes: () => [buildSyncAsset('download', { assetId: ASSET_ID_FROM_ITEM, options: {} })],
};

/** The alternative for a user: one request for the URL of the file, one for the file. */
const createRequestNodes = (url: string, properties?: Partial<INode>) => [
	buildHttpRequest('URL', { url: `=${url}/v2/assets/{{ $json.assetId }}/download` }),
	buildHttpRequest(
		'File',
		{
			url: '={{ $json.data }}',
			authentication: 'none',
			options: { response: { response: { responseFormat: 'file' } } },
		},
		properties,
	),
];

const requests: Contender = {
	name: '2 × HTTP Request',
	nodes: (url) => createRequestNodes(url),
};

const contenders = [ours, requests];

const source: Comparison['source'] = async (workload, control) =>
	buildJsonSource({ assetId: (await addFile(workload, control)).id });

/** Downloads the file of an asset. */
export const download: Comparison = {
	name: 'download',
	title: 'Download: the file of an asset',
	notes: [
		`${ABOUT_FILES} Sync Asset also outputs the asset's details, for which it sends one more request.`,
	],
	baseline: requests,
	contenders,
	warmUp: WARM_UP,
	source: source,
	columns: COLUMNS,
	scenarios: createScenarios(contenders),
	goals: (results) => [
		...createTimeGoals(results, ours, requests),
		createMemoryGoal(results, ours),
	],
};

const retried: Contender = {
	name: '2 × HTTP Request, Retry On Fail',
	nodes: (url) =>
		createRequestNodes(url, { retryOnFail: true, maxTries: 2, waitBetweenTries: 1000 }),
};

const interruptedContenders = [ours, retried];

/** The fraction of the file that is sent before the connection breaks. */
const SENT_FRACTION = 0.9;

/** Downloads a file over a connection that breaks once. */
export const interrupted: Comparison = {
	name: 'interrupted',
	title: 'Download: a connection that breaks at 90 %',
	notes: [
		`${ABOUT_FILES} The storage closes the connection once, after ${SENT_FRACTION * 100} % of the file. Sync Asset then requests the rest; HTTP Request, with _Retry On Fail_ and the same wait of 1 s, requests the whole file again.`,
	],
	baseline: retried,
	contenders: interruptedContenders,
	warmUp: WARM_UP,
	source: async (workload, control) => {
		const match = { operationId: 'GetObject' };
		const afterBytes = SENT_FRACTION * workload.fileSize;
		await control.addFault({ kind: 'cut', match, afterBytes, times: 1 });
		return await source(workload, control);
	},
	columns: COLUMNS,
	scenarios: createScenarios(interruptedContenders),
	goals: (results) => createTimeGoals(results, ours, retried),
};
