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

/** The name of the node that provides the file. */
const FILE_NODE = 'File';

const ours: Contender = {
	name: 'Sync Asset: Upload',
	nodes: () => [buildSyncAsset('upload', { options: {} })],
};

/** Doesn't check whether the file was already uploaded, just like HTTP Request. */
const withoutReuse: Contender = {
	name: 'Sync Asset: Upload, Reuse Existing off',
	nodes: () => [buildSyncAsset('upload', { options: { reuseExisting: false } })],
};

const jsonRequest = (method: string, url: string, jsonBody: string) => ({
	method,
	url,
	sendBody: true,
	specifyBody: 'json',
	jsonBody,
});

/** The alternative for a user: one request for the upload URL, one for the file, and one to register it. */
const createRequestNodes = (url: string, options: object): ReturnType<Contender['nodes']> => [
	buildHttpRequest(
		'Upload URL',
		jsonRequest(
			'POST',
			`${url}/v2/assets/upload`,
			'={{ { fileName: $binary.data.fileName, contentType: $binary.data.mimeType, size: $binary.data.bytes } }}',
		),
	),
	buildHttpRequest('Send', {
		method: 'PUT',
		url: '={{ $json.uploadUrl }}',
		authentication: 'none',
		sendBody: true,
		contentType: 'binaryData',
		inputDataFieldName: `={{ $('${FILE_NODE}').item.binary.data }}`,
		options: { ...options },
	}),
	buildHttpRequest(
		'Register',
		jsonRequest(
			'POST',
			`${url}/v2/assets`,
			"={{ { url: $('Upload URL').item.json.url, type: 'VIDEO' } }}",
		),
	),
];

const requests: Contender = {
	name: '3 × HTTP Request',
	nodes: (url) => createRequestNodes(url, {}),
};

const requestsWithoutRedirects: Contender = {
	name: '3 × HTTP Request, Redirects off',
	nodes: (url) => createRequestNodes(url, { redirect: { redirect: { followRedirects: false } } }),
};

const contenders = [ours, withoutReuse, requests, requestsWithoutRedirects];

/** Uploads a file as an asset. */
export const upload: Comparison = {
	name: 'upload',
	title: 'Upload: a file that becomes an asset',
	notes: [
		`${ABOUT_FILES} A preceding Download provides the file, the same for all contenders. Its time does not count, but its memory does.`,
		'HTTP Request is needed three times: for the upload URL, for the file, and to register it. If it follows redirects, which is the default, it keeps a copy of what it sends, in the warm-up too, so its memory growth does not include the first GiB. Therefore it is also measured without redirects.',
		'_Reuse Existing_ reads the whole file an additional time to find it in sync.so by its digest. HTTP Request does nothing like that, so the goal for the time applies without it. The file never exists yet, so it is always sent.',
	],
	baseline: requests,
	contenders,
	warmUp: WARM_UP,
	source: async (workload, control) => [
		...buildJsonSource({ assetId: (await addFile(workload, control)).id }),
		{
			...buildSyncAsset('download', { assetId: ASSET_ID_FROM_ITEM, options: {} }),
			id: FILE_NODE,
			name: FILE_NODE,
		},
	],
	columns: COLUMNS,
	scenarios: createScenarios(contenders),
	goals: (results) => [
		...createTimeGoals(results, withoutReuse, requests),
		createMemoryGoal(results, ours),
		createMemoryGoal(results, withoutReuse),
	],
};
