import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { expectNone } from './expectNone.mts';
import { listFiles, loadNodes, readText, ROOT } from './repository.mts';

/** The content generated from the contract and the nodes, by file. */
let generated: Map<string, string>;

const isSchemaPreview = (file: string): boolean => file.includes('/__schema__/');

/**
 * Lists the paths where n8n looks for the schema previews of a node. Without operations, its editor and its AI features
 * look in different places.
 */
function listSchemaPreviews(
	folder: string,
	version: number,
	properties: INodeProperties[],
): string[] {
	const operationFields = properties.filter(({ name }) => name === 'operation');
	if (operationFields.length === 0) {
		const previews = `${folder}/__schema__/v${version}.0.0`;
		return [`${previews}.json`, `${previews}/output.json`];
	}
	return operationFields.flatMap(({ displayOptions, options = [] }) =>
		((displayOptions?.show?.resource ?? []) as string[]).flatMap((resource) =>
			(options as INodePropertyOptions[]).map(
				({ value }) => `${folder}/__schema__/v${version}.0.0/${resource}/${value}.json`,
			),
		),
	);
}

beforeAll(async () => {
	// In its own process, because Jest can't load openapi-typescript.
	const script = `require('./api/generate.js').generateFiles().then((files) => console.log(JSON.stringify(files)))`;
	const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], { cwd: ROOT });
	generated = new Map(
		(JSON.parse(stdout) as Array<[string, string]>).map(([file, content]) => [
			path.relative(ROOT, file).split(path.sep).join('/'),
			content,
		]),
	);
}, 60_000);

test('generated files are up to date with the contract and the nodes', () => {
	expectNone(
		[...generated].filter(([file, content]) => readText(file) !== content).map(([file]) => file),
		'Run `npm run generate`, because what these are made from has changed:',
	);
});

test('every schema preview is generated from the contract', () => {
	expectNone(
		listFiles('nodes').filter((file) => isSchemaPreview(file) && !generated.has(file)),
		'Add these to OUTPUTS in api/generate.js, or remove them:',
	);
});

test('every operation, and every node without operations, has its schema previews', async () => {
	const wanted = (await loadNodes()).flatMap(({ source, instance: { description } }) =>
		[description.version]
			.flat()
			.flatMap((version) =>
				listSchemaPreviews(path.posix.dirname(source), version, description.properties),
			),
	);
	expect(wanted.sort()).toEqual(listFiles('nodes').filter(isSchemaPreview).sort());
});
