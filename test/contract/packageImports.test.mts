import path from 'node:path';
import { describeImport, readImports } from './importGraph.mts';
import { expectNone } from './expectNone.mts';

/** The libraries that the package may import. */
const LIBRARIES = ['n8n-workflow', 'node:crypto'];

/** The imports of the package. Paths are without an extension. */
const imports = [...readImports('nodes', '.ts'), ...readImports('credentials', '.ts')];

/** Gets the folder of a node, such as `nodes/SyncAsset`; undefined for a file outside of them. */
const getNodeFolder = (file: string): string | undefined =>
	/^nodes\/(?!shared\/)[^/]+(?=\/)/.exec(file)?.[0];

/** Gets the folder of a resource, such as `nodes/SyncAsset/asset`; undefined for a file outside of them. */
const getResourceFolder = (file: string): string | undefined =>
	/^nodes\/(?!shared\/)[^/]+\/[^/]+(?=\/)/.exec(`${file}/`)?.[0];

test('the package imports only n8n-workflow, node:crypto and its own files', () => {
	expectNone(
		imports
			.filter(({ to }) => !LIBRARIES.includes(to) && !/^(nodes|credentials)\//.test(to))
			.map(describeImport),
		'n8n accepts no runtime dependencies, and tools and tests are not part of the package:',
	);
});

test('shared code imports no node', () => {
	expectNone(
		imports.filter(({ from, to }) => !getNodeFolder(from) && getNodeFolder(to)).map(describeImport),
		'Only nodes may import nodes/shared, not the other way around:',
	);
});

test('a credential imports neither nodes nor shared code', () => {
	expectNone(
		imports
			.filter(({ from, to }) => from.startsWith('credentials/') && to.startsWith('nodes/'))
			.map(describeImport),
		'Only nodes may import credentials, not the other way around:',
	);
});

test('a node imports no other node', () => {
	expectNone(
		imports
			.filter(({ from, to }) => getNodeFolder(from) && getNodeFolder(to))
			.filter(({ from, to }) => getNodeFolder(from) !== getNodeFolder(to))
			.map(describeImport),
		'Move what two nodes need to nodes/shared:',
	);
});

test('an operation imports neither its node nor its list of operations', () => {
	expectNone(
		imports
			.filter(
				({ from }) =>
					getResourceFolder(from) && path.posix.dirname(from) === getResourceFolder(from),
			)
			.filter(({ from, to }) => {
				const resource = getResourceFolder(from);
				return to.endsWith('.node') || to === resource || to === `${resource}/index`;
			})
			.map(describeImport),
		'A node imports its resources, and a resource its operations, not the other way around:',
	);
});
