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

/** The name of the node that the file comes from. */
const FILE = 'File';

const ours: Subject = {
	name: 'Sync Asset: Upload',
	nodes: () => [syncAsset('upload', { options: {} })],
};

/** Without looking for the same file in sync.so, which HTTP Request does not do. */
const withoutReuse: Subject = {
	name: 'Sync Asset: Upload, Reuse Existing off',
	nodes: () => [syncAsset('upload', { options: { reuseExisting: false } })],
};

const json = (method: string, url: string, jsonBody: string) => ({
	method,
	url,
	sendBody: true,
	specifyBody: 'json',
	jsonBody,
});

/** What a user would take instead: for the address to send the file to, for the file, and to register it. */
const requestNodes = (url: string, options: object): ReturnType<Subject['nodes']> => [
	httpRequest(
		'Address',
		json(
			'POST',
			`${url}/v2/assets/upload`,
			'={{ { fileName: $binary.data.fileName, contentType: $binary.data.mimeType, size: $binary.data.bytes } }}',
		),
	),
	httpRequest('Send', {
		method: 'PUT',
		url: '={{ $json.uploadUrl }}',
		authentication: 'none',
		sendBody: true,
		contentType: 'binaryData',
		inputDataFieldName: `={{ $('${FILE}').item.binary.data }}`,
		options: { ...options },
	}),
	httpRequest(
		'Register',
		json('POST', `${url}/v2/assets`, "={{ { url: $('Address').item.json.url, type: 'VIDEO' } }}"),
	),
];

const requests: Subject = {
	name: '3 × HTTP Request',
	nodes: (url) => requestNodes(url, {}),
};

const requestsWithoutRedirects: Subject = {
	name: '3 × HTTP Request, Redirects off',
	nodes: (url) => requestNodes(url, { redirect: { redirect: { followRedirects: false } } }),
};

const subjects = [ours, withoutReuse, requests, requestsWithoutRedirects];

/** Making an asset of a file. */
export const upload: Comparison = {
	name: 'upload',
	title: 'Upload: a file that becomes an asset',
	notes: [
		`${ABOUT_FILES} The file comes from a Download before, the same for all: its time does not count, but its memory does.`,
		'HTTP Request has to be there three times: for the address to send the file to, for the file, and to register it. As long as it may follow redirects, which it may by default, it keeps a copy of what it sends, in the warm-up too, so that its growth does not count the first GiB; so it is measured without as well.',
		'Reuse Existing reads the whole file once more, to find it in sync.so by its digest. HTTP Request does no such thing, so the goal for time is set without it. The file is never found here, so that it is always sent.',
	],
	baseline: requests,
	subjects,
	warmUp: WARM_UP,
	source: async (input, control) => [
		...jsonSource({ assetId: (await addFile(input, control)).id }),
		{ ...syncAsset('download', { assetId: ASSET_OF_ITEM, options: {} }), id: FILE, name: FILE },
	],
	columns: COLUMNS,
	rounds: roundsOf(subjects),
	goals: (results) => [
		...timeGoals(results, withoutReuse, requests),
		memoryGoal(results, ours),
		memoryGoal(results, withoutReuse),
	],
};
