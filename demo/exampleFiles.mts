import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import type { WorkflowJson } from '../n8n/client.mts';

const FOLDER = path.join(import.meta.dirname, '..', 'examples');

/** Lists the files of the examples. */
export const listExamples = async (): Promise<string[]> => (await readdir(FOLDER)).sort();

/** Reads an example as it is in its file. */
export const readExampleFile = async (file: string): Promise<WorkflowJson> =>
	JSON.parse(await readFile(path.join(FOLDER, file), 'utf8')) as WorkflowJson;
