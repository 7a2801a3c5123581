import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import ts from 'typescript';

/** The path of the repository. */
export const ROOT = path.join(import.meta.dirname, '../..');

/** Folders that are not part of the repository. */
const EXCLUDED = ['.git', 'node_modules', 'dist'];

/** Lists the files below a folder of the repository, as paths from its root with `/`. */
export function listFiles(folder: string): string[] {
	return readdirSync(path.join(ROOT, folder), { withFileTypes: true })
		.filter(({ name }) => !EXCLUDED.includes(name))
		.flatMap((entry) => {
			const file = path.posix.join(folder, entry.name);
			return entry.isDirectory() ? listFiles(file) : [file];
		});
}

/** Reads a text file. @param file its path from the root of the repository */
export const readText = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

/** The fields of `package.json` that tests use. */
export interface PackageJson {
	[key: string]: unknown;
	name: string;
	scripts: Record<string, string>;
	n8n: { [key: string]: unknown; nodes: string[]; credentials: string[] };
}

/** The content of `package.json`. */
export const packageJson = JSON.parse(readText('package.json')) as PackageJson;

/** Parses code for the modules that it imports or requires, as they are written there. */
export const parseImports = (code: string): string[] =>
	ts.preProcessFile(code, true, true).importedFiles.map(({ fileName }) => fileName);

/**
 * Parses the texts in code: string literals and template literals, with `…` in place of each expression in them.
 *
 * @param code TypeScript
 */
export function parseTexts(code: string): string[] {
	const texts: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isStringLiteralLike(node)) texts.push(node.text);
		if (ts.isTemplateExpression(node)) {
			const { head, templateSpans } = node;
			texts.push([head.text, ...templateSpans.map(({ literal }) => literal.text)].join('…'));
		}
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile('code.ts', code, ts.ScriptTarget.Latest));
	return texts;
}

/** A class that n8n loads: its source file, and an instance of it. */
export interface Loaded<T> {
	source: string;
	instance: T;
}

/** Loads the nodes in package.json from their sources. */
export const loadNodes = async (): Promise<Array<Loaded<INodeType>>> =>
	await Promise.all(packageJson.n8n.nodes.map(load<INodeType>));

/** Loads the credentials in package.json from their sources. */
export const loadCredentials = async (): Promise<Array<Loaded<ICredentialType>>> =>
	await Promise.all(packageJson.n8n.credentials.map(load<ICredentialType>));

async function load<T>(compiled: string): Promise<Loaded<T>> {
	const source = compiled.replace(/^dist\//, '').replace(/\.js$/, '.ts');
	const module = (await import(path.join(ROOT, source))) as Record<string, new () => T>;
	return { source, instance: new module[path.basename(source).split('.')[0]]() };
}
