import type { IDataObject } from 'n8n-workflow';
import { ASSETS } from '../../sandbox/asset/fixtures.mts';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { VOICES } from '../../sandbox/voice/fixtures.mts';
import { useBinaryMode } from './binaryData.mts';
import { CREDENTIAL, runWorkflow } from './harness.mts';
import { byId, inputs } from './operations.mts';
import type { NodeSettings } from './workflows.mts';
import { GET, jsons, nodeWorkflow } from './workflows.mts';

useBinaryMode('filesystem');
let sandbox: Sandbox;
beforeAll(async () => {
	const quick = { batchPendingMs: 0, speechPendingMs: 0, speechProcessingMs: 100 };
	sandbox = await startSandbox({ pendingMs: 0, processingMs: 20, concurrency: null, ...quick });
});
afterAll(async () => await sandbox.close());
afterEach(async () => {
	const { violations } = await sandbox.control.totals();
	await sandbox.control.reset();
	expect(violations).toEqual([]);
});

/** Runs an operation on the local Sync API. */
async function run(resource: string, operation: string, settings: NodeSettings = {}, count = 1) {
	const json = nodeWorkflow({ resource, operation, ...settings });
	const items = inputs(...Array.from({ length: count }, () => ({})));
	const { apiKey, url: baseUrl } = sandbox;
	const result = await runWorkflow(json, items, { ...CREDENTIAL, apiKey, baseUrl });
	const [out, failed] = [result.items(GET), result.items(GET, 1)];
	return { out, found: jsons(out), errors: failed.map((one) => one.json.error as IDataObject) };
}

const asked = async () => (await sandbox.control.requests()).map(({ operationId }) => operationId);

const BATCH = {
	visualSource: 'asset',
	visualAssetId: byId(ASSETS.teaser),
	visualKind: 'video',
	audioSource: 'asset',
	audioAssetId: byId(ASSETS.voiceover),
};

describe('voices', () => {
	test('are cloned from an asset, found and deleted', async () => {
		const [voice] = (
			await run('voice', 'clone', { name: 'Narrator', assetId: byId(ASSETS.voiceover) })
		).found;
		expect(voice).toMatchObject({ name: 'Narrator', provider: 'elevenlabs' });
		const { found: all } = await run('voice', 'getAll', { returnAll: true });
		expect(all).toContainEqual(voice);
		const voiceId = byId(voice.id as string);
		expect((await run('voice', 'get', { voiceId })).found).toEqual([voice]);
		expect((await run('voice', 'delete', { voiceId })).found).toEqual([
			{ id: voice.id, deleted: true },
		]);
		expect((await run('voice', 'get', { voiceId })).errors).toMatchObject([
			{ statusCode: 404, errorCode: 'voice_not_found', voiceId: voice.id },
		]);
	});
});

test('models are listed', async () => {
	const { found } = await run('model', 'getAll');
	expect(found.map(({ id }) => id)).toContain('sync-3');
});

describe('a speech', () => {
	const SPEECH = { script: 'Hello.', voiceId: byId(VOICES.sarah) };
	const LONG = { ...SPEECH, script: 'Hello. '.repeat(200) };

	test('is made at once, with its file', async () => {
		const { out } = await run('speech', 'create', { ...SPEECH, downloadOutput: true });
		expect(out[0].json).toMatchObject({ duration: 1.5 });
		expect(out[0].binary?.data).toMatchObject({ fileExtension: 'wav', mimeType: 'audio/wav' });
	});

	test('of a long script is made by a job', async () => {
		const { found } = await run('speech', 'create', LONG);
		expect(found).toMatchObject([{ status: 'SUCCESS', duration: 1.5 }]);
		expect((await asked())[0]).toBe('createTtsJob');
	});

	test('of a long script is made at once where there are no jobs', async () => {
		await sandbox.control.configure({ speechJobs: 503 });
		expect((await run('speech', 'create', LONG)).found).toMatchObject([{ duration: 1.5 }]);
		expect(await asked()).toEqual(['createTtsJob', 'createTts']);
	});

	test('needs a voice that is there', async () => {
		const { errors } = await run('speech', 'create', { ...SPEECH, voiceId: byId('nobody') });
		expect(errors).toMatchObject([{ errorCode: 'voice_not_found', voiceId: 'nobody' }]);
	});
});

describe('a batch', () => {
	const create = async (settings: NodeSettings = {}) =>
		await run('batch', 'create', { ...BATCH, ...settings }, 20);

	test('is made, and gives a result for each row', async () => {
		const [batch] = (await create()).found;
		const batchId = byId(batch.id as string);
		await sandbox.control.endBatch(batch.id as string);
		const [ended] = (await run('batch', 'get', { batchId })).found;
		expect(ended).toMatchObject({ status: 'COMPLETED', metrics: { success_count: 20 } });
		const { found } = await run('batch', 'getResults', { batchId });
		expect(found.map(({ requestId }) => requestId)).toEqual(
			Array.from({ length: 20 }, (_, index) => `row-${index}`),
		);
		expect((await run('batch', 'getAll')).found).toEqual([ended]);
	});

	test.each(['nested', 'flat'] as const)('names its rows in results that are %s', async (form) => {
		await sandbox.control.configure({ batchResultRows: form });
		const [{ id }] = (await create()).found;
		await sandbox.control.endBatch(id as string);
		const { found } = await run('batch', 'getResults', { batchId: byId(id as string) });
		expect(found[7].requestId).toBe('row-7');
	});

	test('that is not finished has no results', async () => {
		await sandbox.control.configure({ batchPendingMs: null });
		const [{ id }] = (await create()).found;
		const { errors } = await run('batch', 'getResults', { batchId: byId(id as string) });
		expect(errors).toMatchObject([{ message: 'The batch has not finished yet (status: PENDING)' }]);
	});

	test('can be checked only', async () => {
		expect((await create({ dryRun: true })).found).toMatchObject([
			{ id: null, status: 'VALIDATED' },
		]);
		expect((await run('batch', 'getAll')).found).toEqual([]);
	});

	test.each([402, 403] as const)('needs the plan for it: %i', async (batchPlan) => {
		await sandbox.control.configure({ batchPlan });
		const { errors } = await create();
		expect(errors).toHaveLength(20);
		expect(errors[0]).toMatchObject({ statusCode: batchPlan, errorCode: 'batch_plan_required' });
		expect(await asked()).toEqual(['createBatch']);
	});

	test('goes as a file to an API that takes no JSON', async () => {
		const match = { operationId: 'createBatch' };
		await sandbox.control.addFault({ kind: 'status', status: 415, match, times: 1 });
		const { found } = await create({ dryRun: true });
		expect(found).toMatchObject([{ status: 'VALIDATED' }]);
		expect(await asked()).toEqual(['createBatch', 'createBatch']);
	});
});
