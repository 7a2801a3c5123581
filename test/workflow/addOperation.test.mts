import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import type { INodeType } from 'n8n-workflow';
import { byId, SYNC_ASSET } from '../../n8n/syncNodes.mts';
import { SPEAKER } from '../unit/assets.mts';
import { ROOT } from '../contract/repository.mts';
import { prepareNodeType, runWorkflow } from './engine.mts';
import { FakeApi } from './fakeApi.mts';
import { buildNodeWorkflow, getJsons, inputs, SYNC_NODE } from './workflows.mts';

/** The files that are needed to generate, build and lint the package. */
const PACKAGE = [
	'.prettierrc.json',
	'api',
	'bench/results.md',
	'credentials',
	'demo/exampleFiles.mts',
	'docs',
	'eslint.config.mjs',
	'examples',
	'gulpfile.js',
	'icons',
	'index.js',
	'nodes',
	'package.json',
	'tsconfig.json',
];

const OPERATION = 'nodes/SyncAsset/asset/getThumbnail.ts';
const INDEX = 'nodes/SyncAsset/asset/index.ts';
const GENERATOR = 'api/generate.js';
const PAGE = 'docs/sync-asset.md';
const SCHEMA = 'nodes/SyncAsset/__schema__/v1.0.0/asset/getThumbnail.json';

const api = new FakeApi();
let scratch: string;

const inScratch = (file: string): string => path.join(scratch, file);

/** Inserts text into a file of the scratch folder, in front of a line that contains an anchor. */
async function insertBefore(file: string, anchor: string, text: string): Promise<void> {
	const lines = (await readFile(inScratch(file), 'utf8')).split('\n');
	const index = lines.findIndex((line) => line.includes(anchor));
	expect(index).toBeGreaterThanOrEqual(0);
	lines.splice(index, 0, text);
	await writeFile(inScratch(file), lines.join('\n'));
}

/** Runs a tool of the package in the scratch folder. @throws Error with its output if it fails */
async function run(tool: string, ...args: string[]): Promise<void> {
	await execa(inScratch(`node_modules/.bin/${tool}`), args, {
		cwd: scratch,
		// Jest sets it to "test", with which n8n's lint rules mistake every file for a node.
		env: { NODE_ENV: 'development' },
	});
}

beforeAll(async () => {
	await api.start();
	scratch = await mkdtemp(path.join(tmpdir(), 'add-operation-'));
	await Promise.all(
		PACKAGE.map(async (name) => {
			await cp(path.join(ROOT, name), inScratch(name), { recursive: true });
		}),
	);
	await symlink(path.join(ROOT, 'node_modules'), inScratch('node_modules'));
});

afterAll(async () => {
	await rm(scratch, { recursive: true });
	await api.stop();
});

test('the steps in CONTRIBUTING add an operation that n8n runs', async () => {
	const text = await readFile(path.join(ROOT, 'CONTRIBUTING.md'), 'utf8');
	const [, steps] = text.split('## Add an operation');
	const codes = [...steps.matchAll(/^ {3}```\w+\n(.*?)^ {3}```/gms)].map(([, code]) =>
		code.replace(/^ {3}/gm, ''),
	);
	const [operation, importLine, output] = codes;
	await writeFile(inScratch(OPERATION), operation);
	await insertBefore(INDEX, "'./update'", importLine.trimEnd());
	await insertBefore(INDEX, '\t\tupdateOperation,', '\t\tgetThumbnailOperation,');
	await insertBefore(GENERATOR, '/asset/update.json`', output.trimEnd());
	await run('gulp', 'generate');
	await run('n8n-node', 'lint');
	await run('gulp', 'build');

	expect(await readFile(inScratch(PAGE), 'utf8')).toContain('\n## Asset → Get Thumbnail\n');
	const schema = JSON.parse(await readFile(inScratch(SCHEMA), 'utf8')) as object;
	expect(schema).toMatchObject({ properties: { thumbnailUrl: { type: 'string' } } });
	const { SyncAsset } = createRequire(inScratch('package.json'))(
		'./dist/nodes/SyncAsset/SyncAsset.node.js',
	) as { SyncAsset: new () => INodeType };
	const found = { ...SPEAKER, thumbnailUrl: 'https://assets.sync.so/thumbnail.png' };
	api.respond = () => ({ status: 200, body: found });
	const workflow = buildNodeWorkflow({
		resource: 'asset',
		operation: 'getThumbnail',
		assetId: byId('={{ $json.id }}'),
	});
	const types = { [SYNC_ASSET]: prepareNodeType(new SyncAsset()) };
	const { getItems } = await runWorkflow(workflow, inputs({ id: found.id }), api.credential, types);
	expect(getJsons(getItems(SYNC_NODE))).toEqual([
		{ id: found.id, thumbnailUrl: found.thumbnailUrl },
	]);
	expect(api.requestLines).toEqual([`GET /v2/assets/${found.id}`]);
}, 180_000);
