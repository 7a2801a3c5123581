import path from 'node:path';
import { expectNone, listFiles, parseImports, readText } from './project.mts';

interface Import {
	from: string;
	/** A package, or a path from the project's root without its ending. */
	to: string;
}

const LIBRARIES = ['n8n-workflow', 'node:crypto'];

const imports: Import[] = [...listFiles('nodes'), ...listFiles('credentials')]
	.filter((file) => file.endsWith('.ts'))
	.flatMap((from) =>
		parseImports(readText(from)).map((specifier) => ({
			from,
			to: specifier.startsWith('.')
				? path.posix.join(path.posix.dirname(from), specifier)
				: specifier,
		})),
	);

const show = ({ from, to }: Import): string => `${from} imports ${to}`;

/** `nodes/SyncAsset` for what is in there; nothing for `nodes/shared` and what is outside `nodes/`. */
const nodeFolder = (file: string): string | undefined =>
	/^nodes\/(?!shared\/)[^/]+(?=\/)/.exec(file)?.[0];

/** `nodes/SyncAsset/asset` for what is in there. */
const resourceFolder = (file: string): string | undefined =>
	/^nodes\/(?!shared\/)[^/]+\/[^/]+(?=\/)/.exec(`${file}/`)?.[0];

test('the package imports n8n-workflow, node:crypto and itself, nothing else', () => {
	expectNone(
		imports
			.filter(({ to }) => !LIBRARIES.includes(to) && !/^(nodes|credentials)\//.test(to))
			.map(show),
		'n8n accepts no runtime dependency; tools and tests are no part of the package:',
	);
});

test('what nodes share imports no node', () => {
	expectNone(
		imports.filter(({ from, to }) => !nodeFolder(from) && nodeFolder(to)).map(show),
		'Arrows go from nodes to nodes/shared:',
	);
});

test('a credential imports no node and nothing that nodes share', () => {
	expectNone(
		imports
			.filter(({ from, to }) => from.startsWith('credentials/') && to.startsWith('nodes/'))
			.map(show),
		'Arrows go from nodes to credentials:',
	);
});

test('a node imports no other node', () => {
	expectNone(
		imports
			.filter(({ from, to }) => nodeFolder(from) && nodeFolder(to))
			.filter(({ from, to }) => nodeFolder(from) !== nodeFolder(to))
			.map(show),
		'Put what two nodes need into nodes/shared:',
	);
});

test('an operation imports neither its node nor its list of operations', () => {
	expectNone(
		imports
			.filter(
				({ from }) => resourceFolder(from) && path.posix.dirname(from) === resourceFolder(from),
			)
			.filter(({ from, to }) => {
				const resource = resourceFolder(from);
				return to.endsWith('.node') || to === resource || to === `${resource}/index`;
			})
			.map(show),
		'Arrows go from node to resource to operation:',
	);
});
