import type { INode } from 'n8n-workflow';
import { listOperations } from '../../docs/reference/form.mts';
import { expectNone } from './expectNone.mts';
import { listFiles, loadCredentials, loadNodes, readText } from './repository.mts';

/** The pages that were written by hand, and name fields in bold and values in italics. */
const pages = ['README.md', ...listFiles('docs').filter((file) => file.endsWith('.md'))].filter(
	(file) => !/^docs\/(sync-|errors|api-coverage|maintaining)/.test(file),
);

/** What n8n itself calls its settings, nodes and buttons. */
const N8N_NAMES = [
	'Community nodes',
	'Continue (using error output)',
	'Create new credential',
	'Execute step',
	'Execute workflow',
	'IF',
	'Install',
	'Listen for test event',
	'On Error',
	'Pin data',
	'Remove Duplicates',
	'Request Options',
	'Retry',
	'Retry On Fail',
	'Settings',
	'Settings → Community nodes → Install',
	'Stop Workflow',
	'Switch',
	'Tools',
	'Trigger manually',
	'Webhook URLs',
	'production URL',
	'test URL',
	'⋯ → Import from File',
	'⋯ → Import → From file',
];

/** What else is emphasized. */
const OTHER_TEXTS = [
	'Download raw file',
	'Sync',
	'asset',
	'container image',
	'file storage of sync.so',
	'files',
	'generation',
	'lip sync',
	'n8n 1.x',
	'private addresses',
	'sync.so',
];

/** The names in a form, of fields, lists, options, operations and actions. */
const listNames = (part: unknown): string[] =>
	typeof part !== 'object' || part === null
		? []
		: Object.entries(part).flatMap(([key, value]: [string, unknown]) =>
				typeof value !== 'string'
					? listNames(value)
					: ['displayName', 'name', 'action'].includes(key)
						? [value, value.replace(/ Name or ID$/, '')]
						: [],
			);

/** The names of the nodes in a workflow. */
const listNodeNames = (file: string): string[] =>
	(JSON.parse(readText(file)) as { nodes: INode[] }).nodes.map(({ name }) => name);

let names: Set<string>;

beforeAll(async () => {
	const descriptions = (await loadNodes()).map(({ instance }) => instance.description);
	const credentials = (await loadCredentials()).map(({ instance }) => instance);
	names = new Set([
		...listNames([descriptions, credentials]),
		...descriptions.flatMap(listOperations).map(({ title }) => title),
		...listFiles('examples').flatMap(listNodeNames),
		...N8N_NAMES,
		...OTHER_TEXTS,
	]);
});

test.each(pages)('the fields, values and operations that %s emphasizes exist', (page) => {
	const text = readText(page)
		.replace(/\s+/g, ' ')
		.replace(/`[^`]*`/g, '');
	const emphasized = [...text.matchAll(/\*\*([^*]+)\*\*|(?<![\w\\])_([^_]+)_(?!\w)/g)]
		.map(([, bold, italic]) => bold ?? italic)
		// A sentence, or the beginning of one.
		.filter((one) => !/[.:,]$/.test(one));
	expectNone(
		emphasized.filter((one) => !names.has(one)),
		'The form has no such names. Correct them, or add those that belong to n8n:',
	);
});

/** The labels in a form: of fields, options and values, but not of notices, and of what groups and modes are called. */
const listLabels = (part: unknown): string[] => {
	if (typeof part !== 'object' || part === null) return [];
	const { displayName, name, type, value, values, options } = part as Record<string, unknown>;
	if (type === 'notice' || name === 'resource') return [];
	const label = displayName ?? (value === undefined ? undefined : name);
	const isLabeled = typeof label === 'string' && values === undefined;
	return [
		...(isLabeled ? [label] : []),
		...[options, values].flatMap((parts) => ((parts ?? []) as unknown[]).flatMap(listLabels)),
	];
};

test('the reference page of each node has all of its operations, fields and values', async () => {
	expectNone(
		(await loadNodes()).flatMap(({ instance: { description } }) => {
			const page = `docs/${description.displayName.toLowerCase().replace(' ', '-')}.md`;
			const text = readText(page);
			return description.properties
				.flatMap(listLabels)
				.filter((label) => !text.includes(label))
				.map((label) => `${page}: ${label}`);
		}),
		'docs/reference/ leaves these out:',
	);
});
