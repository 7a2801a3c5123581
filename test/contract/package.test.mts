import path from 'node:path';
import { previewPack } from '../../release/packPreview.mts';
import type { PackPreview } from '../../release/packPreview.mts';
import { expectNone } from './expectNone.mts';
import {
	listFiles,
	loadCredentials,
	loadNodes,
	packageJson,
	parseImports,
	readText,
	ROOT,
} from './repository.mts';

describe('what npm would publish', () => {
	let packed: PackPreview;
	const listCompiled = (): string[] => packed.files.filter((file) => file.endsWith('.js'));

	beforeAll(async () => {
		packed = await previewPack();
	}, 60_000);

	test('is smaller than 130 kB', () => {
		expect(packed.size).toBeLessThan(130_000);
	});

	test('contains only dist and what npm always adds', () => {
		const rest = packed.files.filter((file) => !file.startsWith('dist/'));
		expect(rest.sort()).toEqual(['LICENSE.md', 'README.md', 'index.js', 'package.json']);
	});

	test('contains the compiled source files, the other files of nodes/, the icons and nothing else', () => {
		const wanted = ['nodes', 'credentials', 'icons']
			.flatMap(listFiles)
			.map((file) => `dist/${file.replace(/\.ts$/, '.js')}`);
		expect(packed.files.filter((file) => file.startsWith('dist/')).sort()).toEqual(wanted.sort());
	});

	test('contains every node and credential in package.json', () => {
		const { nodes: nodeFiles, credentials: credentialFiles } = packageJson.n8n;
		expect(packed.files).toEqual(expect.arrayContaining([...nodeFiles, ...credentialFiles]));
	});

	test('contains a codex file for every node', () => {
		const codex = packageJson.n8n.nodes.map((file) => file.replace(/\.js$/, '.json'));
		expect(packed.files).toEqual(expect.arrayContaining(codex));
	});

	test('contains the icons of all nodes and credentials', async () => {
		const named = [
			...(await loadNodes()).map(({ source, instance }) => ({ source, ...instance.description })),
			...(await loadCredentials()).map(({ source, instance }) => ({ source, ...instance })),
		].flatMap(({ source, icon }) => {
			const files = typeof icon === 'object' ? Object.values(icon) : [String(icon)];
			return files.map((file) =>
				path.posix.join('dist', path.posix.dirname(source), file.replace(/^file:/, '')),
			);
		});
		expect(packed.files).toEqual(expect.arrayContaining(named));
	});

	test('requires only n8n-workflow, node:crypto and its own files', () => {
		expectNone(
			listCompiled().flatMap((file) =>
				parseImports(readText(file))
					.filter((name) => !/^(n8n-workflow$|node:crypto$|\.)/.test(name))
					.map((name) => `${file} requires ${name}`),
			),
			'n8n accepts no runtime dependency:',
		);
	});

	test('references no source maps', () => {
		expect(listCompiled().filter((file) => readText(file).includes('sourceMappingURL'))).toEqual(
			[],
		);
	});

	test('contains no path from the machine that built it', () => {
		expect(packed.files.filter((file) => readText(file).includes(ROOT))).toEqual([]);
	});
});

describe('package.json', () => {
	test.each(['dependencies', 'optionalDependencies', 'bundledDependencies', 'bundleDependencies'])(
		'has no %s',
		(key) => {
			expect(packageJson).not.toHaveProperty(key);
		},
	);

	test('has n8n-workflow as its only peer dependency, in any version', () => {
		expect(packageJson.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	test('has no overrides', () => {
		expect(packageJson).not.toHaveProperty('overrides');
	});

	test.each(['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare'])(
		'has no %s script',
		(script) => {
			expect(packageJson.scripts).not.toHaveProperty(script);
		},
	);

	test('has a name that n8n accepts for community packages', () => {
		expect(packageJson.name).toMatch(/^n8n-nodes-/);
	});

	test('has the keyword that n8n requires of community packages', () => {
		expect(packageJson.keywords).toContain('n8n-community-node-package');
	});

	test.each(['lip-sync', 'dubbing', 'speech'])('can be found on npm by %s', (word) => {
		expect(packageJson.keywords).toContain(word);
		expect(packageJson.description).toContain(word);
	});

	test('has the license that n8n requires of verified packages', () => {
		expect(packageJson.license).toBe('MIT');
	});

	test("requires version 1 of n8n's nodes API", () => {
		expect(packageJson.n8n.n8nNodesApiVersion).toBe(1);
	});
});
