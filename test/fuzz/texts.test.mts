import fc from 'fast-check';
import type { INodeExecutionData } from 'n8n-workflow';

import { anyText } from '../unit/arbitraries.mts';
import { OPERATIONS, TEXT_FIELDS } from '../workflow/allOperations.mts';
import { GenerationLab } from '../workflow/generationLab.mts';
import { checkRun } from './checkRun.mts';
import { testWithCases } from './cases.mts';

/** Its tests also expect that every request fits the API contract. */
const lab = new GenerationLab();

const TEXT_FROM_ITEM = '={{ $json.text }}';

/** Gives an item's file another name and type. */
const renameFile = (item: INodeExecutionData, fileName: string, mimeType: string) => ({
	...item,
	binary: item.binary && { data: { ...item.binary.data, fileName, mimeType } },
});

const cases = fc.record({
	field: fc.constantFrom(...TEXT_FIELDS),
	text: anyText,
	fileName: anyText,
	mimeType: fc.oneof(fc.constantFrom('video/mp4', 'audio/wav', 'image/png'), anyText),
});

testWithCases(
	'any text in any field, and any name and type of a file, become a valid request or a clear error',
	'texts',
	cases,
	async ({ field: { resource, operation, path }, text, fileName, mimeType }) => {
		const found = OPERATIONS.find(
			(one) => one.resource === resource && one.operation === operation,
		);
		const { settings, items } = found as (typeof OPERATIONS)[number];
		const [name, inside] = path;
		const value = inside
			? { ...(settings[name] as object | undefined), [inside]: TEXT_FROM_ITEM }
			: TEXT_FROM_ITEM;
		const hostile = items.map((item) => {
			const renamed = renameFile(item, fileName, mimeType);
			return { ...renamed, json: { ...item.json, text } };
		});
		const result = await lab.run({ ...settings, [name]: value }, hostile);
		checkRun(operation, result, lab.sandbox.apiKey);
	},
);
