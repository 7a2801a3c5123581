import { execa } from 'execa';
import { fastify } from 'fastify';

import { ApiClient } from '../../api/client.mts';
import { FACTS } from '../../probe/facts.mts';
import { probe } from '../../probe/probe.mts';
import { ASSETS, LIBRARY } from '../../sandbox/asset/fixtures.mts';
import type { Fault } from '../../sandbox/core/faults.mts';
import type { Settings } from '../../sandbox/core/settings.mts';
import { WEBHOOK_SECRET } from '../../sandbox/core/webhooks.mts';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { ROOT } from './repository.mts';

let sandbox: Sandbox;

const runProbe = async () => await probe(new ApiClient(sandbox.url, sandbox.apiKey));

/** Creates a generation that succeeds and one that fails, for facts that need one. */
async function createGenerations(): Promise<void> {
	const client = new ApiClient(sandbox.url, sandbox.apiKey);
	const input = [
		{ type: 'video', assetId: ASSETS.interview },
		{ type: 'audio', assetId: ASSETS.voiceover },
	];
	for (const ending of [{}, { status: 'FAILED', errorCode: 'processing_failed' }] as const) {
		const body = { model: 'lipsync-2', input };
		const { id } = await client.request<{ id: string }>('POST', '/v2/generate', body);
		await sandbox.control.endGeneration(id, ending);
	}
}

/** Makes an operation respond with another body. */
const replaceBody = (operationId: string, body: object | string, status = 200): Fault => ({
	kind: 'status',
	status,
	body,
	match: { operationId },
});

beforeAll(async () => {
	sandbox = await startSandbox({ apiKey: 'key-of-the-probe' });
});

afterAll(async () => await sandbox.close());

beforeEach(async () => await sandbox.control.reset());

test('the sandbox behaves as assumed, except for what varies in the real API', async () => {
	await createGenerations();
	const { findings, violations } = await runProbe();
	const others = findings.filter(({ verdict }) => verdict !== 'same');
	expect(others.map(({ question, real, verdict }) => [question, real, verdict])).toEqual([
		['ID of a voice', 'differs between voices', 'handled'],
		['Catalog of error codes without a key', '404', 'handled'],
	]);
	expect(violations).toEqual([]);
});

test('it says which fields of assets are null and which are absent', async () => {
	const { width, ...asset } = { ...LIBRARY[0], thumbnailUrl: null };
	expect(width).toBeDefined();
	await sandbox.control.addFault(replaceBody('listAssets', { items: [asset] }));
	const { findings } = await runProbe();
	expect(findings).toContainEqual(
		expect.objectContaining({
			question: 'Optional fields of an asset that are missing',
			real: 'null: thumbnailUrl, projectId; absent: width',
			verdict: 'same',
		}),
	);
});

test('only requests that are free and change nothing are sent', async () => {
	await runProbe();
	const requests = await sandbox.control.listRequests();
	const writing = requests.filter(({ method }) => method !== 'GET');
	expect(writing.map((request) => `${request.method} ${request.path}`).sort()).toEqual([
		'POST /v2/assets/batch',
		'POST /v2/assets/upload',
		'POST /v2/generations/estimate',
	]);
	expect((await sandbox.control.getTotals()).violations).toEqual([]);
	const client = new ApiClient(sandbox.url, sandbox.apiKey);
	expect(await client.request('GET', '/v2/assets/count')).toBe(LIBRARY.length);
});

/** What differs in a response or a setting, and how the probe describes it. */
type Difference = [Fault | Partial<Settings>, real: string];

const signed = { ...LIBRARY[0], url: 'https://files.example.com/a.mp4?X-Amz-Signature=0a' };
const unsigned = { id: '1', status: 'COMPLETED', outputUrl: 'https://files.example.com/a.mp4' };

/** For each fact, by its question, how the API could differ. */
const DIFFERENCES: Record<string, Difference> = {
	'Asset ID that is not a UUID': [{ invalidIdStatus: 422 }, '422 invalid_asset_id_format'],
	'Asset ID that does not exist': [replaceBody('getAsset', { errorCode: 'gone' }, 410), '410 gone'],
	'Optional fields of an asset that are missing': [
		replaceBody('listAssets', { items: [{ ...LIBRARY[0], url: '', format: '' }] }),
		'empty texts: url, format',
	],
	'url of an asset': [replaceBody('listAssets', { items: [signed] }), 'signed'],
	'Download URL of an asset': [
		replaceBody('getAssetDownloadUrl', { url: 'https://files.example.com/a.mp4' }),
		'not signed, as application/json; charset=utf-8',
	],
	'Lookup of several assets in one request': [{ getAssetsByIds: 403 }, 'not available: 403'],
	'Filter by several types': [
		{ ...replaceBody('listAssets', {}, 400), match: { pathContains: 'types=VIDEO,AUDIO' } },
		'400',
	],
	'Count of assets': [replaceBody('countAssets', { count: 3 }), 'object'],
	'Search for an uploaded file by its digest': [
		replaceBody('findUploadedAsset', 'null'),
		'asset is undefined',
	],
	'Lifetime of an upload URL': [replaceBody('createAssetUpload', { uploadUrl: 'u' }, 201), '201'],
	'Generation ID in another form': [replaceBody('getGeneration', {}, 400), '400'],
	'Lists of generations at both addresses': [
		replaceBody('listGenerations', { items: [] }),
		'a bare array, { items }',
	],
	'Error code of a failed generation': [
		replaceBody('listGenerationsAlias', [{ id: '1', status: 'FAILED', error_code: 'x' }]),
		'error_code',
	],
	'Output URL of a finished generation': [
		replaceBody('listGenerationsAlias', [unsigned]),
		'not signed',
	],
	'Estimate from model and duration': [{ costEstimate: 422 }, '422 cost_estimate_unavailable'],
	'Batches of the account': [replaceBody('listBatches', { items: [] }), '{ items }'],
	'ID of a voice': [replaceBody('listVoices', [{ voiceId: '1' }, { voiceId: '2' }]), 'voiceId'],
	'Projects of the account': [replaceBody('listProjects', []), 'a bare array'],
	'Costs of the last day': [replaceBody('listGenerationCosts', []), 'a bare array'],
	// The first request for models is the one that the probe starts with.
	'A key that does not exist': [
		{ ...replaceBody('listModels', { message: 'Forbidden' }, 403), skip: 1, times: 1 },
		'403 Forbidden',
	],
	'No key': [
		{ ...replaceBody('listModels', { message: 'Who are you?' }, 401), skip: 2 },
		'401 Who are you?',
	],
	'Webhook signing secret': [
		replaceBody('getWebhookSecret', { secret: 'abcdef' }),
		'without whsec_',
	],
	'Catalog of error codes without a key': [
		{
			...replaceBody('', [{ code: 'asset_not_found' }, { code: 'brand_new' }]),
			match: { pathContains: '/v2/errors' },
		},
		"available, the nodes don't know brand_new",
	],
	'Headers about rate limits': [
		{ ...replaceBody('countAssets', '3'), headers: { 'x-ratelimit-remaining': '59' } },
		'x-ratelimit-remaining: 59',
	],
};

describe('what differs from our assumptions is found', () => {
	test('for every fact', () => {
		expect(Object.keys(DIFFERENCES)).toEqual(FACTS.map(({ question }) => question));
	});

	test.each(Object.entries(DIFFERENCES))('%s', async (question, [difference, real]) => {
		await ('kind' in difference
			? sandbox.control.addFault(difference)
			: sandbox.control.configure(difference));
		const { findings } = await runProbe();
		const isHandled = FACTS.find((fact) => fact.question === question)?.isHandled;
		expect(findings.find((finding) => finding.question === question)).toMatchObject({
			real: expect.stringContaining(real) as string,
			verdict: isHandled ? 'handled' : 'differs',
		});
	});

	test('responses that do not fit the contract, once for all items of a list', async () => {
		const assets = LIBRARY.map((one) => ({ ...one, type: 'HOLOGRAM' }));
		await sandbox.control.addFault(replaceBody('listAssets', { items: assets }));
		const { violations } = await runProbe();
		expect(violations).toHaveLength(1);
		expect(violations[0]).toMatch(/^listAssets: .*type/);
	});
});

describe('a fact that cannot be found out', () => {
	const broken: Fault = { kind: 'reset', match: { operationId: 'countAssets' } };

	test('is a finding, and the others are found out', async () => {
		await sandbox.control.addFault(broken);
		const { findings } = await runProbe();
		const failed = findings.filter(({ verdict }) => verdict === 'failed');
		expect(failed.map(({ question }) => question)).toEqual(['Count of assets']);
		expect(failed[0].real).toMatch(/^failed: .*connection/);
		expect(findings).toHaveLength(FACTS.length);
	});

	test.each(['null', '"text"', '{}', '[]', '[null]', '{"items":7}'])(
		'is not one whose response is %s instead',
		async (body) => {
			await sandbox.control.addFault({ kind: 'status', status: 200, body, skip: 1 });
			const { findings } = await runProbe();
			expect(findings.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
		},
	);

	test('does not keep the earlier findings from being reported', async () => {
		const reported: string[] = [];
		const client = new ApiClient(sandbox.url, sandbox.apiKey);
		await sandbox.control.addFault(broken);
		await probe(client, ({ question }) => reported.push(question));
		expect(reported).toEqual(FACTS.map(({ question }) => question));
	});
});

test('a wrong key is an error in the words of the nodes', async () => {
	await expect(probe(new ApiClient(sandbox.url, 'wrong'))).rejects.toThrow(
		/^sync\.so rejected the API key\./,
	);
});

test('the command compares a published document, and neither prints nor shares the key or the secret', async () => {
	const received: unknown[] = [];
	const website = fastify();
	website.get('/openapi.json', (request) => {
		received.push(request.headers);
		return { openapi: '3.0.3', paths: { '/v2/new': { get: { responses: { 200: {} } } } } };
	});
	const origin = await website.listen({ host: '127.0.0.1', port: 0 });
	// A server that repeats the key in its messages.
	await sandbox.control.addFault(
		replaceBody('listBatches', { message: 'no', errorCode: `no ${sandbox.apiKey}` }, 403),
	);
	const { stdout, stderr, exitCode } = await execa(
		'tsx',
		['probe/main.mts', '--openapi', `${origin}/openapi.json`],
		{
			cwd: ROOT,
			preferLocal: true,
			reject: false,
			env: { SYNC_API_KEY: sandbox.apiKey, SYNC_BASE_URL: sandbox.url },
		},
	);
	await website.close();
	expect(stderr).toBe('');
	expect(exitCode).toBe(0);
	expect(stdout).toContain('GET /v2/new\n  is not in our contract');
	expect(stdout).toContain('GET /v2/models\n  is not in the published document');
	expect(stdout).toContain('403 no [API key]');
	expect(stdout).not.toContain(sandbox.apiKey);
	expect(stdout).not.toContain(WEBHOOK_SECRET);
	expect(JSON.stringify(received)).not.toContain(sandbox.apiKey);
}, 60_000);
