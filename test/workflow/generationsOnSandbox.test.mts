import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { byId } from '../../n8n/syncNodes.mts';
import type { Generation } from '../../sandbox/generation/types.mts';
import { LIP_SYNC_REQUEST } from '../contract/sandbox/apiLab.mts';
import { readContent } from './binaryData.mts';
import { BINARY_MODES, FileLab } from './fileLab.mts';
import { inputs } from './workflows.mts';

describe.each(BINARY_MODES)('generations on the sandbox, with files stored in mode %s', (mode) => {
	const lab = new FileLab(mode);

	/** Creates a generation with a request of its own. */
	async function create(): Promise<Generation> {
		const response = await fetch(`${lab.sandbox.url}/v2/generate`, {
			method: 'POST',
			headers: { 'x-api-key': lab.sandbox.apiKey, 'content-type': 'application/json' },
			body: JSON.stringify({ ...LIP_SYNC_REQUEST, outputFileName: 'take 1' }),
		});
		return (await response.json()) as Generation;
	}

	/** Runs an operation for one item. @param id of a generation, if the operation needs one */
	async function run(operation: string, settings: INodeParameters = {}, id?: string) {
		const selected = id === undefined ? {} : { generationId: byId(id) };
		const all = { resource: 'generation', operation, options: {}, ...selected, ...settings };
		const { out, errors } = await lab.run(all, inputs({}));
		expect(errors).toEqual([]);
		return out;
	}

	test('Get waits for a generation and adds its video and costs', async () => {
		const { id } = await create();
		const settings = {
			waitUntilFinished: true,
			downloadOutput: true,
			options: { includeCost: true },
		};
		const [{ json, binary }] = await run('get', settings, id);
		expect(json).toMatchObject({ id, status: 'COMPLETED', costs: { availability: 'complete' } });
		expect(binary?.data).toMatchObject({ fileName: 'take_1.mp4', mimeType: 'video/mp4' });
		const video = await fetch(json.outputUrl as string);
		const film = Buffer.from(await video.arrayBuffer());
		expect(binary && (await readContent(binary.data)).equals(film)).toBe(true);
	});

	test('Download gets the video later', async () => {
		const { id } = await create();
		await lab.control.endGeneration(id);
		const [{ json, binary }] = await run('download', {}, id);
		expect(json).toMatchObject({ id, status: 'COMPLETED' });
		expect(binary?.data).toMatchObject({ fileName: 'take_1.mp4', fileExtension: 'mp4' });
	});

	test('Get Many, Count, Get Costs and Delete work on existing generations', async () => {
		await lab.control.configure({ pendingMs: null });
		const ids: string[] = [];
		while (ids.length < 3) ids.push((await create()).id);
		await lab.control.endGeneration(ids[1]);
		const listIds = (items: Array<{ json: IDataObject }>) => items.map(({ json }) => json.id);
		expect(listIds(await run('getAll', { returnAll: true }))).toEqual([...ids].reverse());
		const filters = { status: ['COMPLETED'] };
		expect(listIds(await run('getAll', { filters }))).toEqual([ids[1]]);
		expect(await run('count', { filters })).toMatchObject([{ json: { count: 1 } }]);
		const [{ json: costs }] = await run('getCosts', {}, ids[1]);
		expect(costs).toMatchObject({ generationId: ids[1], currency: 'USD' });
		await run('delete', {}, ids[1]);
		expect(await run('count')).toMatchObject([{ json: { count: 2 } }]);
	});

	test('Estimate Cost creates no generation', async () => {
		const settings = { model: 'lipsync-2', duration: 10, fps: 25 };
		const [{ json }] = await run('estimateCost', settings);
		expect(json).toMatchObject({ estimatedFrameCount: 250 });
		expect(await run('count')).toMatchObject([{ json: { count: 0 } }]);
	});

	test('Get includes the progress if requested', async () => {
		await lab.control.configure({ pendingMs: null });
		const { id } = await create();
		const [{ json }] = await run('get', { options: { includeProgress: true } }, id);
		expect(json.progress_percent).toEqual(expect.any(Number));
	});
});
