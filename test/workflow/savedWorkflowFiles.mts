import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { INode, INodeExecutionData, IPinData } from 'n8n-workflow';

import type { WorkflowJson } from '../../n8n/client.mts';

const FOLDER = path.join(import.meta.dirname, '../upgrade');

/** The file in each release's folder with what its workflows output when they were saved. */
const OUTPUTS_FILE = 'outputs.json';

/** What a node output when its workflow was saved. */
export interface SavedOutput {
	/** The number of items. */
	items: number;
	/** The keys of the first item's JSON, and of its files. */
	keys: string[];
	files: string[];
}

/** A workflow that was saved with an earlier release. */
export interface SavedWorkflow {
	release: string;
	/** The file name without its ending. */
	name: string;
	json: WorkflowJson & { pinData: IPinData };
	/** By node name. Empty if the workflow only starts when it is called. */
	outputs: Record<string, SavedOutput>;
}

const readJson = <T,>(...names: string[]): T =>
	JSON.parse(readFileSync(path.join(FOLDER, ...names), 'utf8')) as T;

/** The saved workflows of all releases. */
export const SAVED_WORKFLOWS: SavedWorkflow[] = readdirSync(FOLDER).flatMap((release) => {
	const outputs = readJson<Record<string, SavedWorkflow['outputs']>>(release, OUTPUTS_FILE);
	return readdirSync(path.join(FOLDER, release))
		.filter((file) => file !== OUTPUTS_FILE)
		.map((file) => {
			const name = path.basename(file, '.json');
			const json = readJson<SavedWorkflow['json']>(release, file);
			return { release, name, json, outputs: outputs[name] ?? {} };
		});
});

/** Describes what a node output, as in `SavedOutput`. */
export const describeOutput = (items: INodeExecutionData[]): SavedOutput => ({
	items: items.length,
	keys: Object.keys(items[0]?.json ?? {}),
	files: Object.keys(items[0]?.binary ?? {}),
});

/** The name of a saved operation, such as `asset: get`. Undefined for other nodes. */
export const getOperationName = ({ parameters: { resource, operation } }: INode) =>
	typeof resource === 'string' && typeof operation === 'string'
		? `${resource}: ${operation}`
		: undefined;
