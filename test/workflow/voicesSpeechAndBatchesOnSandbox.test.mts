import { byId } from '../../n8n/syncNodes.mts';
import { ASSETS } from '../../sandbox/asset/fixtures.mts';
import { VOICES } from '../../sandbox/voice/fixtures.mts';
import { useBinaryMode } from './binaryData.mts';
import { SandboxLab } from './sandboxLab.mts';
import { LIP_SYNC_FIELDS, type NodeSettings } from './syncNode.mts';
import { manyInputs } from './workflows.mts';

useBinaryMode('filesystem');

const lab = new SandboxLab({
	pendingMs: 0,
	processingMs: 20,
	concurrency: null,
	batchPendingMs: 0,
	speechPendingMs: 0,
	speechProcessingMs: 100,
});

/** Runs an operation, for one empty item unless there are to be more. */
const run = async (resource: string, operation: string, settings: NodeSettings = {}, count = 1) =>
	await lab.run({ resource, operation, ...settings }, manyInputs(count));

describe('voices', () => {
	test('can be cloned from an asset, listed, requested and deleted', async () => {
		const [voice] = (
			await run('voice', 'clone', { name: 'Narrator', assetId: byId(ASSETS.voiceover) })
		).results;
		expect(voice).toMatchObject({ name: 'Narrator', provider: 'elevenlabs' });
		const { results: all } = await run('voice', 'getAll', { returnAll: true });
		expect(all).toContainEqual(voice);
		const voiceId = byId(voice.id as string);
		expect((await run('voice', 'get', { voiceId })).results).toEqual([voice]);
		expect((await run('voice', 'delete', { voiceId })).results).toEqual([
			{ id: voice.id, deleted: true },
		]);
		expect((await run('voice', 'get', { voiceId })).errors).toMatchObject([
			{ statusCode: 404, errorCode: 'voice_not_found', voiceId: voice.id },
		]);
	});
});

test('models can be listed', async () => {
	const { results } = await run('model', 'getAll');
	expect(results.map(({ id }) => id)).toContain('sync-3');
});

describe('a speech', () => {
	const SPEECH = { script: 'Hello.', voiceId: byId(VOICES.sarah) };
	const LONG = { ...SPEECH, script: 'Hello. '.repeat(200) };

	test('is created directly, with its file', async () => {
		const { out } = await run('speech', 'create', { ...SPEECH, downloadOutput: true });
		expect(out[0].json).toMatchObject({ duration: 1.5 });
		expect(out[0].binary?.data).toMatchObject({ fileExtension: 'wav', mimeType: 'audio/wav' });
	});

	test('of a long script is created by a job', async () => {
		const { results } = await run('speech', 'create', LONG);
		expect(results).toMatchObject([{ status: 'SUCCESS', duration: 1.5 }]);
		expect((await lab.listOperationIds())[0]).toBe('createTtsJob');
	});

	test('of a long script is created directly if jobs are not available', async () => {
		await lab.control.configure({ speechJobs: 503 });
		expect((await run('speech', 'create', LONG)).results).toMatchObject([{ duration: 1.5 }]);
		expect(await lab.listOperationIds()).toEqual(['createTtsJob', 'createTts']);
	});

	test('needs an existing voice', async () => {
		const { errors } = await run('speech', 'create', { ...SPEECH, voiceId: byId('nobody') });
		expect(errors).toMatchObject([{ errorCode: 'voice_not_found', voiceId: 'nobody' }]);
	});
});

describe('a batch', () => {
	const create = async (settings: NodeSettings = {}) =>
		await run('batch', 'create', { ...LIP_SYNC_FIELDS, ...settings }, 20);

	test('is created and has a result for each row', async () => {
		const [batch] = (await create()).results;
		const batchId = byId(batch.id as string);
		await lab.control.endBatch(batch.id as string);
		const [ended] = (await run('batch', 'get', { batchId })).results;
		expect(ended).toMatchObject({ status: 'COMPLETED', metrics: { success_count: 20 } });
		const { results } = await run('batch', 'getResults', { batchId });
		expect(results.map(({ requestId }) => requestId)).toEqual(
			Array.from({ length: 20 }, (_, index) => `row-${index}`),
		);
		expect((await run('batch', 'getAll')).results).toEqual([ended]);
	});

	test.each(['nested', 'flat'] as const)('has the row IDs in results that are %s', async (form) => {
		await lab.control.configure({ batchResultRows: form });
		const [{ id }] = (await create()).results;
		await lab.control.endBatch(id as string);
		const { results } = await run('batch', 'getResults', { batchId: byId(id as string) });
		expect(results[7].requestId).toBe('row-7');
	});

	test('has no results before it is finished', async () => {
		await lab.control.configure({ batchPendingMs: null });
		const [{ id }] = (await create()).results;
		const { errors } = await run('batch', 'getResults', { batchId: byId(id as string) });
		expect(errors).toMatchObject([{ message: 'The batch has not finished yet (status: PENDING)' }]);
	});

	test('is not created in a dry run', async () => {
		expect((await create({ dryRun: true })).results).toMatchObject([
			{ id: null, status: 'VALIDATED' },
		]);
		expect((await run('batch', 'getAll')).results).toEqual([]);
	});

	test.each([402, 403] as const)('needs a plan that allows it: %i', async (batchPlan) => {
		await lab.control.configure({ batchPlan });
		const { errors } = await create();
		expect(errors).toHaveLength(20);
		expect(errors[0]).toMatchObject({ statusCode: batchPlan, errorCode: 'batch_plan_required' });
		expect(await lab.listOperationIds()).toEqual(['createBatch']);
	});

	test('is sent as a file if the API does not accept JSON', async () => {
		const match = { operationId: 'createBatch' };
		await lab.control.addFault({ kind: 'status', status: 415, match, times: 1 });
		const { results } = await create();
		expect(results).toMatchObject([{ metrics: { total_generations: 20 } }]);
		expect(await lab.listOperationIds()).toEqual(['createBatch', 'createBatch']);
	});
});
