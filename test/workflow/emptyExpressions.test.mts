import type { INodeParameters } from 'n8n-workflow';

import { byId } from '../../n8n/syncNodes.mts';
import { SPEAKER } from '../unit/assets.mts';
import { useFakeApi } from './fakeApi.mts';
import { createFileItem } from './fileLab.mts';
import { runOperation } from './runOperation.mts';
import { BATCH_SETTINGS, LIP_SYNC_SETTINGS, type NodeSettings } from './syncNode.mts';
import { manyInputs } from './workflows.mts';

const server = useFakeApi();

/** Expressions that return nothing. */
const NOTHING = ['={{ undefined }}', '={{ null }}', '={{ "" }}', '={{ $json.missing }}', ''];

/** Expressions that do not return a number. */
const NOT_A_NUMBER = [...NOTHING, '={{ "many" }}', '={{ [] }}', '={{ true }}', '={{ NaN }}'];

const CREATE = {
	...LIP_SYNC_SETTINGS,
	audioSource: 'url',
	audioUrl: 'https://files.example.com/a.wav',
};
const GET_GENERATION = { resource: 'generation', operation: 'get', generationId: byId('g1') };
const WAIT = { resource: 'generation', operation: 'waitForWebhook', generationId: byId('g1') };
const WAIT_FOR_BATCH = { resource: 'batch', operation: 'waitForWebhook', batchId: byId('b1') };
const DOWNLOAD = { resource: 'asset', operation: 'download', assetId: byId(SPEAKER.id) };
const GET_ASSET = { resource: 'asset', operation: 'get', assetId: byId(SPEAKER.id) };
const REGISTER = { resource: 'asset', operation: 'create', url: 'https://files.example.com/a.mp4' };
const UPLOAD = { resource: 'asset', operation: 'upload' };
const UPDATE = { ...GET_ASSET, operation: 'update', updateFields: { name: 'a.mp4' } };
const GET_ASSETS = { resource: 'asset', operation: 'getAll' };
const SPEECH = { resource: 'speech', operation: 'create', voiceId: byId('v1'), script: 'Hello.' };

const options = (field: string) => (value: unknown) =>
	({ options: { [field]: value } }) as INodeParameters;
const additionalFields = (field: string) => (value: unknown) =>
	({ additionalFields: { [field]: value } }) as INodeParameters;
const parameter = (field: string) => (value: unknown) => ({ [field]: value }) as INodeParameters;

type Case = [label: string, NodeSettings, (value: unknown) => INodeParameters];

const NUMBERS: Case[] = [
	['Max Cost (USD)', CREATE, options('maxCost')],
	['Time Limit (Minutes)', { ...CREATE, wait: 'inNode' }, options('timeLimit')],
	['Time Limit (Minutes)', { ...GET_GENERATION, waitUntilFinished: true }, options('timeLimit')],
	['Time Limit (Minutes)', WAIT, options('timeLimit')],
	['Time Limit (Minutes)', WAIT_FOR_BATCH, options('timeLimit')],
	['Time Limit (Minutes)', SPEECH, options('timeLimit')],
	['Signature Tolerance (Seconds)', WAIT, options('signatureTolerance')],
	['Max Size (MB)', DOWNLOAD, options('maxSize')],
	['Max Retries', GET_ASSET, options('maxRetries')],
	['Max Concurrent Requests', GET_ASSET, options('maxConcurrent')],
	['Timeout (Seconds)', GET_ASSET, options('timeout')],
	['Max Retries', GET_GENERATION, options('maxRetries')],
	['Limit', GET_ASSETS, parameter('limit')],
	['Limit', { resource: 'voice', operation: 'getAll' }, parameter('limit')],
];

describe.each(NUMBERS)('%s', (label, settings, withValue) => {
	test.each(NOT_A_NUMBER)('of %j is an error, and nothing is sent', async (value) => {
		const { errors } = await runOperation(server.api, { ...settings, ...withValue(value) });
		expect(errors).toMatchObject([
			{ message: expect.stringContaining(`'${label}'`) as string, statusCode: 0 },
		]);
		expect(server.api.sent).toEqual([]);
	});
});

test.each([
	['Idempotency Key', CREATE, additionalFields('idempotencyKey')],
	['Webhook URL', CREATE, additionalFields('webhookUrl')],
	['Return All', GET_ASSETS, parameter('returnAll')],
	['Sort By', GET_ASSETS, (value) => ({ sort: { rule: { sortBy: value } } }) as INodeParameters],
	['Dry Run', BATCH_SETTINGS, parameter('dryRun')],
	['Wait', BATCH_SETTINGS, parameter('wait')],
	['Reuse Identical Generation', CREATE, options('reuseIdentical')],
	['Combine Lookups', GET_ASSET, options('combineLookups')],
	['Simplify', CREATE, parameter('simplify')],
	['Simplify', REGISTER, parameter('simplify')],
	['Simplify', UPLOAD, parameter('simplify')],
	['Simplify', UPDATE, parameter('simplify')],
	['Download Output', { ...CREATE, wait: 'inNode' }, parameter('downloadOutput')],
] as Case[])('%s without a value is an error', async (label, settings, withValue) => {
	const items = settings === BATCH_SETTINGS ? manyInputs(20) : [await createFileItem()];
	for (const value of NOTHING) {
		const { errors } = await runOperation(server.api, { ...settings, ...withValue(value) }, items);
		expect(errors).toHaveLength(items.length);
		expect(errors[0].message).toContain(`'${label}'`);
	}
	expect(server.api.requestLines.filter((line) => !line.startsWith('GET'))).toEqual([]);
});

test('numbers and Booleans can be text, like the variables of n8n', async () => {
	server.api.respond = () => ({ status: 200, body: { items: [SPEAKER], nextCursor: 'more' } });
	const settings = {
		...GET_ASSETS,
		returnAll: '={{ "false" }}',
		limit: '={{ "1" }}',
		options: { maxRetries: '={{ "0" }}', timeout: '={{ "5" }}' },
	};
	const { results } = await runOperation(server.api, settings);
	expect(results).toHaveLength(1);
	expect(server.api.requestLines).toEqual(['GET /v2/assets?limit=1']);
});

test('a Max Size (MB) of 0 allows no file', async () => {
	server.api.respond = ({ url }) =>
		url.endsWith('/download')
			? { status: 200, body: `${server.api.url}/file`, headers: { 'content-type': 'text/plain' } }
			: { status: 200, body: url === '/file' ? 'film' : SPEAKER };
	const { errors } = await runOperation(server.api, { ...DOWNLOAD, options: { maxSize: 0 } });
	expect(errors[0].message).toContain('Max Size (MB)');
});
