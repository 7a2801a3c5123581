import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SyncAsset } from '../../nodes/SyncAsset/SyncAsset.node.ts';
import { SyncGeneration } from '../../nodes/SyncGeneration/SyncGeneration.node.ts';
import { SyncTrigger } from '../../nodes/SyncTrigger/SyncTrigger.node.ts';
import { createBenchmarkChart } from './benchmarkChart.mts';
import { createErrorPage } from './errorPage.mts';
import { createExamplePage } from './examplePage.mts';
import { createNodePage } from './nodePage.mts';
import type { Output } from './outputFields.mts';

/** A property in a schema of the contract, as far as the pages use it. */
interface SchemaProperty {
	$ref?: string;
	oneOf?: SchemaProperty[];
	enum?: string[];
}

/** The schemas of the contract, by name. */
type Schemas = Record<string, { properties: Record<string, SchemaProperty> }>;

/** Where the fields of a schema preview come from, as in api/generate.js. */
interface PreviewSource {
	schema?: string;
	/** The preview. */
	properties: Record<string, { type: string | string[] }>;
	/** The names of the fields that the node adds. */
	added: string[];
}

const NODES = [
	{ Node: SyncAsset, page: 'sync-asset.md' },
	{ Node: SyncGeneration, page: 'sync-generation.md' },
	{ Node: SyncTrigger, page: 'sync-trigger.md' },
];

const readNotes = async (page: string): Promise<string> =>
	await readFile(path.join(import.meta.dirname, 'notes', page), 'utf8');

/**
 * Creates the reference pages, one for each node, one for errors and one for the examples, and the chart of the benchmark.
 *
 * @param previews by their path from the root of the repository
 * @returns pairs of the path and the content
 * @throws Error if something in a node is not explained yet, or if a note has no place
 */
export async function createReferencePages(
	previews: Record<string, PreviewSource>,
	schemas: Schemas,
): Promise<Array<[file: string, content: string]>> {
	const pages = NODES.map(async ({ Node, page }): Promise<[string, string]> => {
		const folder = `nodes/${Node.name}/__schema__/v1.0.0`;
		const findOutput = (resource?: string, operation?: string): Output => {
			const file = resource ? `${folder}/${resource}/${operation}.json` : `${folder}.json`;
			return toOutput(previews[file], schemas);
		};
		const { description } = new Node();
		const content = createNodePage({ description, notes: await readNotes(page), findOutput });
		return [`docs/${page}`, content];
	});
	return [
		...(await Promise.all(pages)),
		['docs/errors.md', await createErrorPage(await readNotes('errors.md'))],
		['docs/examples.md', await createExamplePage(await readNotes('examples.md'))],
		['docs/images/benchmark.svg', await createBenchmarkChart()],
	];
}

function toOutput({ schema, properties, added }: PreviewSource, schemas: Schemas): Output {
	const fields = Object.entries(properties).map(([field, { type }]): [string, string[]] => [
		field,
		[type].flat(),
	]);
	const fromContract = schema === undefined ? {} : schemas[schema].properties;
	return {
		schema,
		documented: fields.filter(([field]) => !added.includes(field)),
		added: fields.filter(([field]) => added.includes(field)),
		values: new Map(
			Object.entries(fromContract).map(([field, property]) => [
				field,
				listValues(property, schemas),
			]),
		),
	};
}

/** The values that a field may have; empty if they aren't listed. */
function listValues(
	{ $ref, oneOf = [], enum: values = [] }: SchemaProperty,
	schemas: Schemas,
): string[] {
	const referenced = $ref ? (schemas[$ref.split('/').pop() ?? ''] as SchemaProperty) : undefined;
	return [
		...values,
		...(referenced ? listValues(referenced, schemas) : []),
		...oneOf.flatMap((alternative) => listValues(alternative, schemas)),
	];
}
