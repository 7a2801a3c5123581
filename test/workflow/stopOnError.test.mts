import { byId } from '../../n8n/syncNodes.mts';
import { uuid } from '../unit/assets.mts';
import { RESPONSES } from '../unit/responses.mts';
import { useFakeApi } from './fakeApi.mts';
import { GenerationLab } from './generationLab.mts';
import { runOperation } from './runOperation.mts';
import { inputs, manyInputs } from './workflows.mts';

/** One request at a time, so that exactly one is sent before it fails. */
const ONE_BY_ONE = { maxConcurrent: 1 };

describe('if errors stop the workflow, no generation is created before all items are checked', () => {
	const lab = new GenerationLab();
	const URL_OF_ITEM = { visualSource: 'url', visualUrl: '={{ $json.video }}' };
	const VIDEO = 'https://files.example.com/a.mp4';

	test.each([
		['an empty URL', { video: '' }, "'Video or Image URL' is empty"],
		['a URL of audio', { video: 'https://files.example.com/a.mp3' }, 'is audio'],
	])('with %s in the second of three', async (_what, wrong, message) => {
		const items = inputs({ video: VIDEO }, wrong, { video: VIDEO });
		const fields = { ...URL_OF_ITEM, additionalFields: { visualKind: 'auto' } };
		const { error } = await lab.create(fields, items, 'stopWorkflow');
		expect(error?.message).toContain(message);
		expect(error?.context).toMatchObject({ itemIndex: 1 });
		expect(await lab.listOperationIds()).toEqual([]);
	});

	test('with an expression that n8n cannot evaluate for the last of three', async () => {
		const items = inputs({ video: VIDEO }, { video: VIDEO }, {});
		const fields = { ...URL_OF_ITEM, visualUrl: '={{ $json.video.trim() }}' };
		const { error } = await lab.create(fields, items, 'stopWorkflow');
		expect(error?.context).toMatchObject({ itemIndex: 2 });
		expect(await lab.listOperationIds()).toEqual([]);
	});

	test('with a reference that n8n cannot evaluate for the last of three', async () => {
		const items = inputs({ video: VIDEO }, { video: VIDEO }, {});
		const visualUrl = '={{ $json.video ?? $("Missing Node").item.json.video }}';
		const { error } = await lab.create({ ...URL_OF_ITEM, visualUrl }, items, 'stopWorkflow');
		expect(error?.message).toBe("Referenced node doesn't exist");
		expect(await lab.listOperationIds()).toEqual([]);
	});

	test('with a file that is missing', async () => {
		const fields = { visualSource: 'binary', visualFieldName: 'video' };
		const video = { data: 'AAAA', mimeType: 'video/mp4', fileName: 'a.mp4' };
		const items = [{ json: {}, binary: { video }, pairedItem: { item: 0 } }, ...inputs({})];
		const { error } = await lab.create(fields, items, 'stopWorkflow');
		expect(error?.context).toMatchObject({ itemIndex: 1 });
		expect(error?.message).toBe("The item has no file in 'video'. It has no files (item 1)");
		expect(await lab.listOperationIds()).toEqual([]);
	});

	test('with an estimate over the maximum cost', async () => {
		const options = { maxCost: '={{ $json.most }}', guardDuration: 10 };
		const { error } = await lab.create(
			{ options },
			inputs({ most: 100 }, { most: 0.001 }),
			'stopWorkflow',
		);
		expect(error?.message).toContain("which is over 'Max Cost (USD)'");
		expect(await lab.countCreated()).toBe(0);
	});

	test('but valid items are created if On Error is set to continue', async () => {
		const items = inputs({ video: VIDEO }, { video: '' }, { video: VIDEO });
		const { results, errors } = await lab.create(URL_OF_ITEM, items);
		expect([results.length, errors.length]).toEqual([2, 1]);
	});
});

describe('after the first error that stops the workflow', () => {
	const server = useFakeApi();
	const FORTY = manyInputs(40, (index) => ({ index }));

	test.each([
		['asset', 'delete', { assetId: byId(uuid(1)) }],
		['asset', 'create', { url: 'https://www.example.com/a.mp4' }],
		['asset', 'update', { assetId: byId(uuid(1)), updateFields: { name: 'New' } }],
		['asset', 'get', { assetId: byId(uuid(1)), options: { combineLookups: false } }],
		['project', 'create', { name: 'New' }],
	])('%s: %s sends nothing more', async (resource, operation, parameters) => {
		server.api.respond = () => RESPONSES.forbidden;
		const options = { ...('options' in parameters ? parameters.options : {}), maxConcurrent: 2 };
		const settings = { resource, operation, ...parameters, options };
		const { error } = await runOperation(server.api, settings, FORTY, 'stopWorkflow');
		expect(error?.message).toContain('You do not have access to this asset');
		// The second request was in flight.
		expect(server.api.sent.length).toBeLessThanOrEqual(2);
	});

	test('queued items send nothing when a slot frees up', async () => {
		const { api } = server;
		api.respond = ({ body }) =>
			(body as { name: string }).name === 'item 1'
				? RESPONSES.forbidden
				: { ...RESPONSES.rateLimited, headers: { 'retry-after': '1' } };
		const settings = {
			resource: 'project',
			operation: 'create',
			name: '=item {{ $json.index }}',
			options: { maxRetries: 5, maxConcurrent: 2 },
		};
		const { error } = await runOperation(api, settings, FORTY, 'stopWorkflow');
		expect(error?.context).toMatchObject({ itemIndex: 1 });
		expect(api.sent).toHaveLength(2);
	});
});

describe('while items wait for their generations', () => {
	const lab = new GenerationLab();

	test('a failed one ends the wait of the others, whose IDs are in the error', async () => {
		await lab.control.addOutcome({ pendingMs: null, times: 1 });
		await lab.control.addOutcome({ status: 'FAILED', error: 'No face', times: 1 });
		const { error } = await lab.create(
			{ wait: 'inNode', options: ONE_BY_ONE },
			inputs({}, {}),
			'stopWorkflow',
		);
		expect(error?.message).toContain('No face');
		const { created } = error?.context.data as { created: unknown[] };
		expect(created).toHaveLength(2);
	});
});
