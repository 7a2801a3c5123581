import { readdir } from 'node:fs/promises';
import path from 'node:path';

import { ApiClient } from '../../api/client.mts';
import { connectToRealApi, type ExampleApi } from '../../demo/api.mts';
import { chooseAffordable, estimateCosts, limitToEstimate } from '../../demo/costs.mts';
import { EXAMPLES, findUnexpected } from '../../demo/examples.mts';
import { readExample } from '../../demo/run.mts';
import type { Execution } from '../../n8n/execution.mts';
import { findFreePorts } from '../../n8n/ports.mts';
import { ASSETS, LIBRARY } from '../../sandbox/asset/fixtures.mts';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { samplePath } from '../../sandbox/storage/sampleFiles.mts';
import { ROOT } from './repository.mts';

/** The parameters of a node that may list assets. */
interface AssetList {
	operation?: string;
	filters?: { searchQuery?: string };
}

let sandbox: Sandbox;
let client: ApiClient;
let printed: string[];

const connect = async (url = sandbox.url, apiKey = sandbox.apiKey) =>
	await connectToRealApi(url, apiKey, (line) => printed.push(line));

/** Creates a generation like somebody in the account, and returns its ID. */
async function createGeneration(video: string, audio: string): Promise<string> {
	const input = [
		{ type: 'video', assetId: video },
		{ type: 'audio', assetId: audio },
	];
	const body = { model: 'lipsync-2', input };
	return (await client.request<{ id: string }>('POST', '/v2/generate', body)).id;
}

async function createFrom({ assets }: ExampleApi): Promise<string> {
	const [video, audio] = assets.keys();
	return await createGeneration(video, audio);
}

/** Reads the examples that run with the real API, as they run. */
const readAll = async (api: ExampleApi) =>
	await Promise.all(
		EXAMPLES.filter(({ onlyLocal }) => !onlyLocal).map(
			async ({ file }) => await readExample(file, api),
		),
	);

const countAssets = async () => await client.request<number>('GET', '/v2/assets/count');

beforeAll(async () => {
	sandbox = await startSandbox();
	client = new ApiClient(sandbox.url, sandbox.apiKey);
});

afterAll(async () => await sandbox.close());

beforeEach(async () => {
	printed = [];
	await sandbox.control.reset();
});

describe('errors have the words of the nodes', () => {
	test('for a wrong key', async () => {
		await expect(connect(sandbox.url, 'wrong-key')).rejects.toThrow(
			/^sync\.so rejected the API key\. .*sync\.so\/settings\/api-keys$/,
		);
	});

	test('for a server that does not respond', async () => {
		const [port] = await findFreePorts(1);
		await expect(connect(`http://127.0.0.1:${port}`)).rejects.toThrow(
			/^127\.0\.0\.1:\d+ refused the connection\. Check the 'Base URL'/,
		);
	});

	test('for a host that does not exist', async () => {
		await expect(connect('https://no-such-host.invalid')).rejects.toThrow(
			/^The server no-such-host\.invalid was not found\./,
		);
	});

	test('for an address that is not encrypted', async () => {
		await expect(connect('http://example.com')).rejects.toThrow(/must start with https:\/\//);
	});

	test('for a redirect, which is not followed', async () => {
		await sandbox.control.addFault({
			kind: 'status',
			status: 302,
			headers: { location: `${sandbox.url}/v2/assets` },
		});
		await expect(connect()).rejects.toThrow(/^The server redirected the request\./);
		expect(await sandbox.control.listRequests()).toHaveLength(1);
	});

	test.each(['wrong-key-€', 'wrong-key\nx-other: 1'])('without the key %j', async (apiKey) => {
		const error = await connect(sandbox.url, apiKey).catch(String);
		expect(error).toMatch(/contains invalid characters/);
		expect(error).not.toContain('wrong-key');
	});
});

describe('in a real account', () => {
	test('the demo uses files of its own, and prints what it creates and removes', async () => {
		const api = await connect();
		expect([...api.assets.values()].map(({ type }) => type)).toEqual(['VIDEO', 'AUDIO', 'IMAGE']);
		expect(await countAssets()).toBe(LIBRARY.length + 3);
		await api.close();
		expect(await countAssets()).toBe(LIBRARY.length);
		const ids = [...api.assets.keys()];
		expect(printed).toEqual([
			...ids.map((id) => `Created in your account: asset ${id}`),
			...ids.map((id) => `Removed from your account: asset ${id}`),
		]);
	});

	test('no example refers to the other assets of the account', async () => {
		const api = await connect();
		const text = JSON.stringify(await readAll(api));
		expect(LIBRARY.filter(({ id }) => text.includes(id))).toEqual([]);
		await api.close();
	});

	test('the examples list only the assets of the demo', async () => {
		const api = await connect();
		const searches = (await readAll(api))
			.flatMap(({ nodes }) => nodes)
			.map(({ parameters }) => parameters as AssetList)
			.filter(({ operation, filters }) => operation === 'getAll' && filters)
			.map(({ filters }) => filters?.searchQuery ?? '');
		const names = [...api.assets.values()].map(({ name }) => String(name));
		const [suffix] = /-\w+(?=\.mp4$)/.exec(names[0]) ?? [];
		expect(searches.length).toBeGreaterThan(2);
		expect(searches.filter((search) => !`-${search}`.endsWith(String(suffix)))).toEqual([]);
		expect(names.filter((name) => name.includes(String(suffix)))).toEqual(names);
		await api.close();
	});

	test("the user's own files are uploaded instead", async () => {
		const api = await connectToRealApi(sandbox.url, sandbox.apiKey, () => {}, {
			VIDEO: samplePath('mov'),
		});
		expect([...api.assets.values()].map(({ name }) => path.extname(String(name)))).toEqual([
			'.mov',
			'.wav',
			'.png',
		]);
		await api.close();
	});

	test('generations are removed once they have ended', async () => {
		const api = await connect();
		const id = await createFrom(api);
		api.record([{ kind: 'generation', id }]);
		await api.close();
		expect(printed).toContain(`Removed from your account: generation ${id}`);
		await expect(client.request('GET', `/v2/generate/${id}`)).rejects.toThrow(/not found/);
	});

	test('generations made from its files are found without an execution that names them, and no others', async () => {
		const other = await createGeneration(ASSETS.interview, ASSETS.voiceover);
		const api = await connect();
		const id = await createFrom(api);
		await api.recordVideos();
		api.record([{ kind: 'generation', id }]);
		await api.close();
		expect(printed.filter((line) => line.includes(id))).toEqual([
			`Created in your account: generation ${id}`,
			`Removed from your account: generation ${id}`,
		]);
		expect(await client.request('GET', '/v2/generate')).toMatchObject([{ id: other }]);
	});

	test('the demo says so if it cannot look for them', async () => {
		const api = await connect();
		const match = { operationId: 'listGenerationsAlias' };
		await sandbox.control.addFault({ kind: 'status', status: 500, match });
		await api.recordVideos();
		expect(printed.at(-1)).toMatch(/^Could not look for videos of the demo: sync\.so had an/);
		await api.close();
	});

	test('what was created is removed if the demo cannot go on', async () => {
		await sandbox.control.addFault({
			kind: 'status',
			status: 500,
			match: { operationId: 'createAsset', bodyContains: 'AUDIO' },
		});
		await expect(connect()).rejects.toThrow(/internal error/);
		expect(await countAssets()).toBe(LIBRARY.length);
	});

	test('what cannot be removed is named', async () => {
		const api = await connect();
		const [first] = api.assets.keys();
		const match = { method: 'DELETE', pathContains: first };
		await sandbox.control.addFault({ kind: 'status', status: 500, match });
		await api.close();
		expect(printed).toContainEqual(
			expect.stringMatching(`^Could not remove asset ${first}: sync.so had an internal error`),
		);
		expect(await countAssets()).toBe(LIBRARY.length + 1);
	});

	test('the key is sent to the API, and not to its storage', async () => {
		await (await connect()).close();
		const requests = await sandbox.control.listRequests();
		const [toStorage, toApi] = [true, false].map((isStorage) =>
			requests.filter(({ path }) => !path.startsWith('/v2/') === isStorage),
		);
		expect(toStorage).toHaveLength(3);
		expect(toStorage.filter(({ headers }) => 'x-api-key' in headers)).toEqual([]);
		expect(toApi.filter(({ headers }) => !('x-api-key' in headers))).toEqual([]);
	});
});

test('the demo runs every example', async () => {
	const files = EXAMPLES.flatMap(({ file, finishedBy = [] }) => [file, finishedBy].flat());
	expect(files.sort()).toEqual((await readdir(path.join(ROOT, 'examples'))).sort());
});

describe('the results', () => {
	const assets = new Map(LIBRARY.map((asset) => [asset.id, asset]));

	/** Builds an execution in which nodes had some output. */
	const buildExecution = (outputs: Record<string, object[]>) => {
		const runData: object = Object.fromEntries(
			Object.entries(outputs).map(([node, rows]) => [
				node,
				[{ data: { main: [rows.map((json) => ({ json }))] } }],
			]),
		);
		return { id: '1', data: { resultData: { runData } } } as Execution;
	};

	test.each(EXAMPLES)('of $file are not as expected if nothing ran', ({ results }) => {
		const find = () => findUnexpected(results(buildExecution({}), assets, { mails: [] }));
		let found: unknown;
		try {
			found = find();
		} catch (error) {
			found = error;
		}
		expect(found).not.toEqual([]);
	});

	test('of the inventory are not as expected if Get Many leaves out an asset', () => {
		const inventory = EXAMPLES.find(({ file }) => file === 'nightly-inventory.json')!;
		const run = (listed: typeof LIBRARY) => {
			const summary = new Map<string, { type: string; count_id: number; sum_size: number }>();
			for (const { type, size } of listed) {
				const { count_id: count = 0, sum_size: sum = 0 } = summary.get(type) ?? {};
				summary.set(type, { type, count_id: count + 1, sum_size: sum + (size ?? 0) });
			}
			const outputs = { 'Get Many Assets': listed, Inventory: [...summary.values()] };
			return findUnexpected(inventory.results(buildExecution(outputs), assets, { mails: [] }));
		};
		const uploadedSince = { ...LIBRARY[0], id: 'uploaded since' };
		expect(run([uploadedSince, ...LIBRARY].reverse())).toEqual([]);
		expect(run(LIBRARY.slice(0, -1))).toHaveLength(1);
		expect(run(LIBRARY.slice(0, 1))).toHaveLength(1);
	});
});

describe('the costs', () => {
	const paid = EXAMPLES.filter(({ videos }) => videos);
	/** The drawn video and recording. */
	const DRAWN = [2, 1.5].map((durationSeconds) => ({ ...LIBRARY[0], durationSeconds }));

	test('of the examples that create videos are estimated by the API', async () => {
		const priced = await estimateCosts(client, paid, DRAWN);
		expect(priced.map(({ cost }) => cost)).toEqual([0.1, 0.665, 0.1, 0.1]);
	});

	test('of all of them are below one dollar', async () => {
		const priced = await estimateCosts(client, paid, DRAWN);
		expect(chooseAffordable(priced, 1)).toEqual(priced);
	});

	test('depend on the length of the uploaded files', async () => {
		const longer = [...DRAWN, { ...LIBRARY[0], durationSeconds: 8.2 }];
		const priced = await estimateCosts(client, paid, longer);
		expect(priced.map(({ cost }) => cost)).toEqual([0.45, 0.665, 0.45, 0.45]);
	});

	test('are unknown if the length is', async () => {
		const unknown = [{ ...LIBRARY[0], durationSeconds: null }];
		await expect(estimateCosts(client, paid, unknown)).rejects.toThrow(/no video is created/);
	});

	test('limit what each node that creates a video may cost', async () => {
		const priced = await estimateCosts(client, paid, DRAWN);
		const options = [];
		for (const { example, cost } of priced) {
			const workflow = await readExample(example.file);
			const { nodes } = limitToEstimate(workflow, { ...example, maxCost: cost });
			options.push(nodes.find(({ name }) => name === 'Create Video')?.parameters.options);
		}
		expect(options).toEqual([
			{ maxCost: 0.1 },
			{ maxCost: 0.665, guardDuration: 5 },
			{ maxCost: 0.1 },
			{ maxCost: 0.1 },
		]);
	});

	test('limit which examples run', async () => {
		const priced = await estimateCosts(client, paid, DRAWN);
		const files = chooseAffordable(priced, 0.25).map(({ example }) => example.file);
		expect(files).toEqual(['lip-sync-a-video.json', 'check-the-price-first.json']);
	});

	test.each([404, 422] as const)(
		'are required: no video without an estimate (%i)',
		async (status) => {
			await sandbox.control.configure({ costEstimate: status });
			await expect(estimateCosts(client, paid, DRAWN)).rejects.toThrow();
		},
	);

	test('are declared for each example that creates videos with the real API', async () => {
		const creating = [];
		for (const example of EXAMPLES.filter(({ onlyLocal }) => !onlyLocal)) {
			const text = JSON.stringify(await readExample(example.file));
			if (/"resource":"(generation|batch|speech)","operation":"create"/.test(text)) {
				creating.push(example.file);
			}
		}
		expect(creating).toEqual(paid.map(({ file }) => file));
	});
});
