import path from 'node:path';
import { listExamples, readExampleFile } from '../../demo/exampleFiles.mts';
import type { WorkflowJson } from '../../n8n/client.mts';
import { joinBlocks } from './markdown.mts';

/** A workflow in the folder `examples`. */
interface Example {
	/** The name of its file and of its picture, without extension. */
	file: string;
	workflow: WorkflowJson;
}

/** Creates the page with the text and the picture of each example. @throws Error if an example doesn't explain itself */
export async function createExamplePage(intro: string): Promise<string> {
	const examples = await readExamples();
	return `${joinBlocks(intro.trim(), ...examples.map(createSection))}\n`;
}

const readExamples = async (): Promise<Example[]> =>
	await Promise.all(
		(await listExamples()).map(async (file) => ({
			file: path.parse(file).name,
			workflow: await readExampleFile(file),
		})),
	);

const createSection = ({ file, workflow }: Example): string =>
	joinBlocks(
		`## ${workflow.name}`,
		readExplanation(workflow),
		`File: [${file}.json](../examples/${file}.json)`,
		[
			'<picture>',
			`  <source media="(prefers-color-scheme: dark)" srcset="images/${file}-dark.png">`,
			`  <img src="images/${file}.png" alt="The nodes of the example ${workflow.name}">`,
			'</picture>',
		].join('\n'),
	);

/** The text of the first note in a workflow, below its heading, which is the name of the workflow. */
function readExplanation({ name, nodes }: WorkflowJson): string {
	const note = nodes.find(({ type }) => type === 'n8n-nodes-base.stickyNote');
	const [heading, ...lines] = ((note?.parameters.content ?? '') as string).split('\n');
	if (heading !== `## ${name}`) throw new Error(`Start the first note of "${name}" with its name`);
	return lines.join('\n').trim();
}
