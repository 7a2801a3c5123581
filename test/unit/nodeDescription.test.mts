import { existsSync } from 'node:fs';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import type { Icon, INodePropertyOptions, INodeType } from 'n8n-workflow';

import {
	loadCredentials,
	type Loaded,
	loadNodes,
	packageJson,
	readText,
	ROOT,
} from '../contract/repository.mts';

interface Codex {
	node: string;
	nodeVersion: string;
	codexVersion: string;
	categories: string[];
	alias: string[];
	resources: Record<string, Array<{ url: string }>>;
}

/** From https://docs.n8n.io/integrations/creating-nodes/build/reference/node-codex-files/ */
const CATEGORIES = [
	'Analytics',
	'Communication',
	'Data & Storage',
	'Development',
	'Finance & Accounting',
	'Marketing & Content',
	'Miscellaneous',
	'Productivity',
	'Sales',
	'Utility',
];

/** Jest builds its tables synchronously, so the classes are loaded inside the tests. */
const files = packageJson.n8n.nodes.map((file) => path.basename(file, '.node.js'));
const credentialFiles = packageJson.n8n.credentials.map((file) =>
	path.basename(file, '.credentials.js'),
);

async function loadNode(name: string): Promise<Loaded<INodeType>> {
	return (await loadNodes())[files.indexOf(name)];
}

/** Gets the paths of the icons for light and dark mode. */
function getIconFiles(source: string, icon: Icon | undefined): { light: string; dark: string } {
	const { light, dark } = icon as { light: string; dark: string };
	const resolveFile = (name: string) =>
		path.posix.join(path.posix.dirname(source), name.replace(/^file:/, ''));
	return { light: resolveFile(light), dark: resolveFile(dark) };
}

function expectIcons(source: string, icon: Icon | undefined): void {
	const { light, dark } = getIconFiles(source, icon);
	const texts = [light, dark].map((file) =>
		existsSync(path.join(ROOT, file)) ? readText(file) : `no such file: ${file}`,
	);
	expect(texts).toEqual([expect.stringMatching(/<svg/), expect.stringMatching(/<svg/)]);
	expect(texts[0]).not.toBe(texts[1]);
}

describe.each(files)('the node %s', (name) => {
	test('has a name and a label that match its class', async () => {
		const { description } = (await loadNode(name)).instance;
		expect(description.name).toBe(name[0].toLowerCase() + name.slice(1));
		expect(description.displayName).toBe(name.replace(/(?<!^)(?=[A-Z])/g, ' '));
		expect(description.defaults.name).toBe(description.displayName);
	});

	test('can be used as a tool by AI agents, unless it is a trigger', async () => {
		const { usableAsTool, group } = (await loadNode(name)).instance.description;
		expect(usableAsTool === true).toBe(!group.includes('trigger'));
	});

	test('shows below its name the action of the selected operation, or the selected events', async () => {
		const { subtitle = '', properties, group } = (await loadNode(name)).instance.description;
		if (group.includes('trigger')) {
			const [, code = ''] = /^=\{\{(.+)\}\}$/.exec(subtitle) ?? [];
			const $parameter = { events: ['generationCompleted', 'batchFailed'] };
			expect(runInNewContext(code, { $parameter })).toBe('generation completed, batch failed');
			return;
		}
		const actions = properties
			.filter((property) => property.name === 'operation')
			.flatMap(({ displayOptions, options = [] }) =>
				(options as INodePropertyOptions[]).map(({ value, action }) => [
					`${displayOptions?.show?.resource?.[0] as string}:${String(value)}`,
					action,
				]),
			);
		const [, byOperation, key] = /^=\{\{ \((\{.+\})\)\[(.+)\] \}\}$/.exec(subtitle) ?? [];
		expect(JSON.parse(byOperation)).toEqual(Object.fromEntries(actions));
		expect(key).toBe('$parameter["resource"] + ":" + $parameter["operation"]');
	});

	test('has a description of one line without a full stop', async () => {
		const { description } = (await loadNode(name)).instance.description;
		expect(description).toMatch(/^\p{Lu}[^\n]{20,}[^.\n]$/u);
	});

	test('has different icons for light and dark mode', async () => {
		const { source, instance } = await loadNode(name);
		expectIcons(source, instance.description.icon);
	});

	describe('has a codex file', () => {
		let codex: Codex;
		let node: Loaded<INodeType>;

		beforeAll(async () => {
			node = await loadNode(name);
			codex = JSON.parse(readText(node.source.replace(/\.ts$/, '.json'))) as Codex;
		});

		test("with n8n's name for the node", () => {
			expect(codex.node).toBe(`${packageJson.name}.${node.instance.description.name}`);
		});

		test('with the version of the node', () => {
			const latest = Math.max(...[node.instance.description.version].flat());
			expect([codex.nodeVersion, codex.codexVersion]).toEqual([latest.toFixed(1), '1.0']);
		});

		test('with categories that n8n knows', () => {
			expect(codex.categories.length).toBeGreaterThan(0);
			expect(CATEGORIES).toEqual(expect.arrayContaining(codex.categories));
		});

		test.each([/^sync\.so\b/, /^Lip Sync\b/])('with an alias that starts with %s', (start) => {
			expect(codex.alias.filter((alias) => start.test(alias))).not.toEqual([]);
		});

		test.each(['primaryDocumentation', 'credentialDocumentation'])(
			'with an HTTPS link as %s',
			(kind) => {
				const urls = (codex.resources[kind] ?? []).map(({ url }) => new URL(url).protocol);
				expect(new Set(urls)).toEqual(new Set(['https:']));
			},
		);
	});
});

describe.each(credentialFiles)('the credential %s', (name) => {
	const load = async () => (await loadCredentials())[credentialFiles.indexOf(name)];

	test('has different icons for light and dark mode', async () => {
		const { source, instance } = await load();
		expectIcons(source, instance.icon);
	});

	test('links to its documentation with HTTPS', async () => {
		expect((await load()).instance.documentationUrl).toMatch(/^https:\/\//);
	});
});
