import { randomUUID } from 'node:crypto';

import { ApiClient, type ApiResponse } from '../api/client.mts';
import { HINT_BY_CODE } from '../nodes/shared/transport/hints.ts';
import type { OperationId } from '../sandbox/core/openapi.mts';
import { describeStatus, type ProbeSession, readFields } from './session.mts';

/** Something about the API that its documentation leaves open, or that sources disagree about. */
export interface Fact {
	/** What is uncertain. */
	question: string;
	/** What the contract, the nodes or the sandbox assume. */
	assumed: string;
	/** Describes what the API does, in the words of `assumed`. Undefined if this account can't tell. */
	observe: (session: ProbeSession) => Promise<string | undefined>;
	/** Whether a description fits the assumption. Default: whether it is the same text. */
	isAssumed?: (real: string) => boolean;
	/** Whether the nodes cope with any answer. */
	isHandled?: boolean;
}

const ASSETS = '/v2/assets?limit=100';
const GENERATIONS = '/v2/generations?limit=100';
const FAILED_GENERATIONS = '/v2/generations?limit=10&status=FAILED';

const DAY = 24 * 60 * 60_000;
const COSTS = `/v2/usage/generations?startTime=${new Date(Date.now() - DAY).toISOString()}&endTime=${new Date().toISOString()}`;

/** An asset ID that nobody has. */
const UNKNOWN_ID = randomUUID();

/** The fields of an asset that may be missing. */
const OPTIONAL_FIELDS =
	'name url size format inputType durationSeconds thumbnailUrl width height projectId'.split(' ');

const listAssets = async (session: ProbeSession) => await session.list('listAssets', ASSETS);

/** Whether a URL carries a signature that expires. */
const isSigned = (url: string): boolean =>
	/[?&](x-amz-|signature=|sig=|expires=|token=|x-goog-)/i.test(url);

/** Whether a list is an array or an object. */
function describeList(body: unknown): string {
	if (Array.isArray(body)) return 'a bare array';
	return Array.isArray(readFields({ body }).items) ? '{ items }' : typeof body;
}

/** Describes how optional fields without a value appear in a list of objects. */
function describeMissing(objects: Array<Record<string, unknown>>, fields: string[]): string {
	const kinds = { null: null, absent: undefined, 'empty texts': '' };
	const found = Object.entries(kinds).flatMap(([kind, value]) => {
		const ofKind = fields.filter((field) => objects.some((object) => object[field] === value));
		return ofKind.length === 0 ? [] : `${kind}: ${ofKind.join(', ')}`;
	});
	return found.join('; ') || 'no field is missing';
}

const assetFacts: Fact[] = [
	{
		question: 'Asset ID that is not a UUID',
		assumed: '400 invalid_asset_id_format',
		observe: async (session) =>
			describeStatus(await session.get('getAsset', '/v2/assets/not-an-id')),
		isHandled: true,
	},
	{
		question: 'Asset ID that does not exist',
		assumed: '404 asset_not_found',
		observe: async (session) =>
			describeStatus(await session.get('getAsset', `/v2/assets/${UNKNOWN_ID}`)),
	},
	{
		question: 'Optional fields of an asset that are missing',
		assumed: 'null or absent',
		observe: async (session) => {
			const assets = await listAssets(session);
			return assets.length > 0 ? describeMissing(assets, OPTIONAL_FIELDS) : undefined;
		},
		isAssumed: (real) => !real.includes('empty texts'),
	},
	{
		question: 'url of an asset',
		assumed: 'not signed',
		observe: async (session) => {
			const urls = (await listAssets(session)).flatMap(({ url }) =>
				typeof url === 'string' ? url : [],
			);
			if (urls.length === 0) return undefined;
			return urls.some(isSigned) ? 'signed' : 'not signed';
		},
	},
	{
		question: 'Download URL of an asset',
		assumed: 'signed, as plain text',
		observe: async (session) => {
			const [asset] = await listAssets(session);
			if (!asset) return undefined;
			const path = `/v2/assets/${String(asset.id)}/download`;
			const response = await session.get('getAssetDownloadUrl', path);
			if (response.status !== 200) return describeStatus(response);
			const isText = response.headers.get('content-type')?.startsWith('text/plain');
			const signed = isSigned(String(response.body)) ? 'signed' : 'not signed';
			return `${signed}, as ${isText ? 'plain text' : response.headers.get('content-type')}`;
		},
	},
	{
		question: 'Lookup of several assets in one request',
		assumed: 'available, unknown IDs are left out',
		observe: async (session) => {
			const [asset] = await listAssets(session);
			const ids = [asset?.id, UNKNOWN_ID].filter((id) => id !== undefined);
			const response = await session.post('getAssetsByIds', '/v2/assets/batch', { ids });
			if (response.status >= 300) return `not available: ${describeStatus(response)}`;
			if (!Array.isArray(response.body)) return describeList(response.body);
			const isExact = response.body.length === ids.length - 1;
			return `available, unknown IDs are ${isExact ? 'left out' : 'not left out'}`;
		},
		isHandled: true,
	},
	{
		question: 'Filter by several types',
		assumed: 'comma-separated values are accepted',
		observe: async (session) => {
			const response = await session.get('listAssets', '/v2/assets?limit=1&types=VIDEO,AUDIO');
			return response.status === 200
				? 'comma-separated values are accepted'
				: describeStatus(response);
		},
	},
	{
		question: 'Count of assets',
		assumed: 'a bare number',
		observe: async (session) => {
			const { status, body } = await session.get('countAssets', '/v2/assets/count');
			if (status !== 200) return String(status);
			return typeof body === 'number' ? 'a bare number' : typeof body;
		},
	},
	{
		question: 'Search for an uploaded file by its digest',
		assumed: '{ asset: null } if there is none',
		observe: async (session) => {
			const path = `/v2/assets/uploaded?contentSha256=${'0'.repeat(64)}&type=VIDEO`;
			const response = await session.get('findUploadedAsset', path);
			if (response.status !== 200) return describeStatus(response);
			const { asset } = readFields(response);
			return asset === null ? '{ asset: null } if there is none' : `asset is ${typeof asset}`;
		},
	},
	{
		question: 'Lifetime of an upload URL',
		assumed: 'in expiresIn',
		observe: async (session) => {
			const request = { fileName: 'probe.mp4', contentType: 'video/mp4', size: 1 };
			const response = await session.post('createAssetUpload', '/v2/assets/upload', request);
			const { expiresIn } = readFields(response);
			return typeof expiresIn === 'number' ? 'in expiresIn' : describeStatus(response);
		},
	},
];

const generationFacts: Fact[] = [
	{
		question: 'Generation ID in another form',
		assumed: '404 generation_not_found',
		observe: async (session) =>
			describeStatus(await session.get('getGeneration', '/v2/generate/not-an-id')),
		isHandled: true,
	},
	{
		question: 'Lists of generations at both addresses',
		assumed: 'a bare array, a bare array',
		observe: async (session) => {
			const responses = [
				await session.get('listGenerationsAlias', GENERATIONS),
				await session.get('listGenerations', '/v2/generate?limit=1'),
			];
			return responses
				.map((one) => (one.status === 200 ? describeList(one.body) : describeStatus(one)))
				.join(', ');
		},
	},
	{
		question: 'Error code of a failed generation',
		assumed: 'errorCode',
		observe: async (session) => {
			const failed = await session.list('listGenerationsAlias', FAILED_GENERATIONS);
			const fields = ['errorCode', 'error_code'].filter((field) =>
				failed.some((generation) => typeof generation[field] === 'string'),
			);
			return failed.length > 0 ? fields.join(' and ') || 'neither field' : undefined;
		},
		isHandled: true,
	},
	{
		question: 'Output URL of a finished generation',
		assumed: 'signed',
		observe: async (session) => {
			const urls = (await session.list('listGenerationsAlias', GENERATIONS)).flatMap(
				({ outputUrl }) => (typeof outputUrl === 'string' && outputUrl !== '' ? outputUrl : []),
			);
			if (urls.length === 0) return undefined;
			return urls.every(isSigned) ? 'signed' : 'not signed';
		},
		isHandled: true,
	},
	{
		question: 'Estimate from model and duration',
		assumed: 'a number of US dollars',
		observe: async (session) => {
			const request = { model: 'lipsync-2', duration: 10 };
			const response = await session.post(
				'estimateGeneration',
				'/v2/generations/estimate',
				request,
			);
			const { estimatedGenerationCost: cost } = readFields(response);
			return typeof cost === 'number' ? 'a number of US dollars' : describeStatus(response);
		},
	},
	{
		question: 'Batches of the account',
		assumed: 'a bare array',
		observe: async (session) => {
			const response = await session.get('listBatches', '/v2/batch');
			return response.status === 200 ? describeList(response.body) : describeStatus(response);
		},
	},
	{
		question: 'ID of a voice',
		assumed: 'id',
		observe: async (session) => {
			const voices = await session.list('listVoices', '/v2/voices');
			const field = ['id', 'voiceId', 'internalVoiceId'].find((name) =>
				voices.every((voice) => typeof voice[name] === 'string'),
			);
			return voices.length > 0 ? (field ?? 'differs between voices') : undefined;
		},
		isHandled: true,
	},
];

/** Creates a fact about the form of a list. */
const listFact = (question: string, operation: OperationId, path: string): Fact => ({
	question,
	assumed: '{ items }',
	observe: async (session) => {
		const response = await session.get(operation, path);
		return response.status === 200 ? describeList(response.body) : describeStatus(response);
	},
});

const accountFacts: Fact[] = [
	listFact('Projects of the account', 'listProjects', '/v2/projects?limit=10'),
	listFact('Costs of the last day', 'listGenerationCosts', COSTS),
	{
		question: 'A key that does not exist',
		assumed: '401 Unauthorized',
		observe: async ({ client }) => {
			const other = new ApiClient(client.url, 'a-key-that-does-not-exist');
			return describeRejection(await other.send('GET', '/v2/models'));
		},
	},
	{
		question: 'No key',
		assumed: '401 Either Cookie or x-api-key header must be provided',
		observe: async ({ client }) =>
			describeRejection(await client.send('GET', '/v2/models', { authenticate: false })),
		isHandled: true,
	},
	{
		question: 'Webhook signing secret',
		assumed: 'whsec_…',
		observe: async (session) => {
			const path = '/v2/organizations/webhook/secret';
			const response = await session.get('getWebhookSecret', path);
			const { secret } = readFields(response);
			if (typeof secret !== 'string') return describeStatus(response);
			// Only its form. The secret itself must not be printed.
			return secret.startsWith('whsec_') ? 'whsec_…' : 'without whsec_';
		},
	},
	{
		question: 'Catalog of error codes without a key',
		assumed: 'available, the nodes know all codes',
		observe: async (session) => {
			const response = await session.client.send('GET', '/v2/errors', { authenticate: false });
			if (response.status !== 200) return describeStatus(response);
			if (!Array.isArray(response.body)) return describeList(response.body);
			const codes = response.body.map((body) => String(readFields({ body }).code));
			const unknown = codes.filter((code) => !(code in HINT_BY_CODE));
			return unknown.length === 0
				? 'available, the nodes know all codes'
				: `available, the nodes don't know ${unknown.join(', ')}`;
		},
		isHandled: true,
	},
	{
		question: 'Headers about rate limits',
		assumed: 'none',
		// Last, because all responses count.
		observe: (session) => {
			const headers = [...session.rateLimitHeaders].map(([name, value]) => `${name}: ${value}`);
			return Promise.resolve(headers.join(', ') || 'none');
		},
		isHandled: true,
	},
];

function describeRejection(response: ApiResponse): string {
	const { message } = readFields(response);
	return typeof message === 'string' ? `${response.status} ${message}` : String(response.status);
}

/** What the probe finds out. Needs only requests that are free and change nothing in the account. */
export const FACTS: Fact[] = [...assetFacts, ...generationFacts, ...accountFacts];

/** What can't be found out without paying or changing something. */
export const NOT_PROBED = [
	'replays and the lifetime of Idempotency-Key',
	'the error of a full plan (429 concurrency_limit_reached)',
	'the body and the signature of webhooks',
	'the rows of a batch result',
	'whether an asset can be registered with a digest',
	'whether speech jobs are available',
];
