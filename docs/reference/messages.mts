import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';

const NODES_FOLDER = path.join(import.meta.dirname, '../../nodes');

/** A message of the nodes' own, as their code has it, and what to do about it. */
export interface Message {
	/** The folder in `nodes/`, e.g. `SyncAsset`. */
	node: string;
	/** `…` stands for a value. */
	message: string;
	hint: string;
}

/** The functions that create a failure from a message and a hint. */
const CREATORS = ['inputError', 'inputFailure', 'resultFailure'];

/** Lists the messages in the code of the nodes, without those that contain nothing but a value. */
export async function listMessages(): Promise<Message[]> {
	const entries = await readdir(NODES_FOLDER, { recursive: true });
	const files = entries.filter((file) => file.endsWith('.ts')).sort();
	const found = await Promise.all(
		files.map(async (file) => {
			const code = await readFile(path.join(NODES_FOLDER, file), 'utf8');
			const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
			return findMessages(source).map((message) => ({ node: file.split(path.sep)[0], ...message }));
		}),
	);
	return found.flat().filter(({ message }) => /\p{L}{3}/u.test(message));
}

function findMessages(source: ts.SourceFile): Array<Omit<Message, 'node'>> {
	const messages: Array<Omit<Message, 'node'>> = [];
	const constants = findConstants(source);
	const visit = (node: ts.Node): void => {
		const [message, hint] = getMessageAndHint(node).map((part) => part && toText(part, constants));
		if (message !== undefined && hint !== undefined) messages.push({ message, hint });
		ts.forEachChild(node, visit);
	};
	visit(source);
	return messages;
}

/** The constants of a file that are texts, without those whose name is used for several. */
function findConstants(source: ts.SourceFile): Map<string, string> {
	const constants = new Map<string, string>();
	const ambiguous = new Set<string>();
	const visit = (node: ts.Node): void => {
		if (ts.isVariableDeclaration(node) && node.initializer) {
			const name = node.name.getText();
			const text = toText(node.initializer, constants);
			if (constants.has(name)) ambiguous.add(name);
			else if (text !== undefined) constants.set(name, text);
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	for (const name of ambiguous) constants.delete(name);
	return constants;
}

/** The expressions for a message and its hint, if a node of the syntax tree has both. */
function getMessageAndHint(node: ts.Node): Array<ts.Expression | undefined> {
	if (ts.isCallExpression(node) && CREATORS.includes(node.expression.getText())) {
		return [node.arguments[0], node.arguments[1]];
	}
	if (!ts.isObjectLiteralExpression(node)) return [];
	return ['message', 'hint'].map(
		(name) =>
			node.properties
				.filter(ts.isPropertyAssignment)
				.find((property) => property.name.getText() === name)?.initializer,
	);
}

/** The text of an expression, with `…` for each value, and without parts that may be missing. Undefined if it isn't a text. */
function toText(node: ts.Expression, constants: Map<string, string>): string | undefined {
	if (ts.isStringLiteralLike(node)) return node.text;
	if (ts.isIdentifier(node)) return constants.get(node.text);
	// A part that may be missing.
	if (ts.isConditionalExpression(node)) {
		const parts = [node.whenTrue, node.whenFalse].map((part) => toText(part, constants));
		return parts.includes('') ? '' : undefined;
	}
	if (!ts.isTemplateExpression(node)) return undefined;
	return node.templateSpans.reduce(
		(text, { expression, literal }) =>
			`${text}${toText(expression, constants) ?? '…'}${literal.text}`,
		node.head.text,
	);
}
