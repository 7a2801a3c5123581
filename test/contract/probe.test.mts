import path from 'node:path';

import { execa } from 'execa';
import { fastify } from 'fastify';

import { ApiClient } from '../../api/client.mts';
import { type Finding, probe } from '../../probe/probe.mts';
import { LIBRARY } from '../../sandbox/asset/fixtures.mts';
import type { Fault } from '../../sandbox/core/faults.mts';
import type { Settings } from '../../sandbox/core/settings.mts';
import { WEBHOOK_SECRET } from '../../sandbox/core/webhooks.mts';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';

const ROOT = path.join(import.meta.dirname, '../..');

let sandbox: Sandbox;

const runProbe = async () => await probe(new ApiClient(sandbox.url, sandbox.apiKey));

async function find(question: RegExp): Promise<Finding | undefined> {
	const { findings } = await runProbe();
	return findings.find((finding) => question.test(finding.question));
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

test('the sandbox behaves as assumed', async () => {
	const { findings, violations } = await runProbe();
	expect(findings.filter(({ verdict }) => verdict === 'differs')).toEqual([]);
	expect(findings.filter(({ verdict }) => verdict === 'same').length).toBeGreaterThan(15);
	expect(violations).toEqual([]);
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

describe('what differs from our assumptions is found', () => {
	test.each<[string, Partial<Settings>, RegExp, string, Finding['verdict']]>([
		[
			'invalid IDs',
			{ invalidIdStatus: 422 },
			/not a UUID/,
			'422 invalid_asset_id_format',
			'handled',
		],
		['no lookup', { getAssetsByIds: 403 }, /several assets/, 'not available: 403', 'handled'],
		['no lookup route', { getAssetsByIds: 404 }, /several assets/, 'not available: 404', 'handled'],
		['no estimates', { costEstimate: 422 }, /Estimate/, '422 cost_estimate_unavailable', 'differs'],
	])('%s', async (_what, settings, question, real, verdict) => {
		await sandbox.control.configure(settings);
		const finding = await find(question);
		expect(finding?.real).toMatch(new RegExp(`^${real}`));
		expect(finding?.verdict).toBe(verdict);
	});

	const asset = { ...LIBRARY[0], url: 'https://files.example.com/a.mp4?X-Amz-Signature=0a' };

	test.each<[string, Fault, RegExp, string]>([
		['signed URLs', replaceBody('listAssets', { items: [asset] }), /url of an asset/, 'signed'],
		[
			'fields that are null',
			replaceBody('listAssets', { items: [{ ...LIBRARY[0], projectId: null, size: null }] }),
			/Optional fields/,
			'null: size, projectId',
		],
		['a count in an object', replaceBody('countAssets', { count: 3 }), /Count/, 'object'],
		[
			'another form of the secret',
			replaceBody('getWebhookSecret', { secret: 'abcdef' }),
			/signing secret/,
			'without whsec_',
		],
		[
			'the old field for error codes',
			replaceBody('listGenerationsAlias', [{ id: '1', status: 'FAILED', error_code: 'x' }]),
			/Error code of a failed/,
			'error_code',
		],
		['a list in an object', replaceBody('listBatches', { items: [] }), /Batches/, '{ items }'],
		[
			'headers about rate limits',
			{ ...replaceBody('countAssets', '3'), headers: { 'x-ratelimit-remaining': '59' } },
			/rate limits/,
			'x-ratelimit-remaining: 59',
		],
	])('%s', async (_what, fault, question, real) => {
		await sandbox.control.addFault(fault);
		expect(await find(question)).toMatchObject({ real });
		expect((await find(question))?.verdict).not.toBe('same');
	});

	test('responses that do not fit the contract, once for all items of a list', async () => {
		const assets = LIBRARY.map((one) => ({ ...one, type: 'HOLOGRAM' }));
		await sandbox.control.addFault(replaceBody('listAssets', { items: assets }));
		const { violations } = await runProbe();
		expect(violations).toHaveLength(1);
		expect(violations[0]).toMatch(/^listAssets: .*type/);
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
