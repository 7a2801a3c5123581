import type { INodeExecutionData, IPairedItemData } from 'n8n-workflow';

import { CREDENTIAL, inspectAll } from '../workflow/engine.mts';
import type { OperationResult } from '../workflow/runOperation.mts';
import { SYNC_NODE } from '../workflow/workflows.mts';

/** The operations that output several items for an input item, some of which may be errors. */
const SEVERAL_ITEMS = ['getByIds', 'getResults'];

/**
 * Checks what every run must fulfil, whatever the input: nothing is thrown; each item has JSON and a pairing; each error
 * has a message and a hint; no input item is in both outputs, unless the operation outputs several items for it; and the
 * API key is nowhere.
 */
export function checkRun(
	operation: string,
	{ run, error, out, failed, errors }: OperationResult,
	apiKey = CREDENTIAL.apiKey,
): void {
	// A later node can't read an item that is paired with several ones.
	if (error?.node?.name === SYNC_NODE) throw error;
	for (const { json, pairedItem } of [...out, ...failed]) {
		expect([typeof json, typeof pairedItem]).toEqual(['object', 'object']);
	}
	for (const failure of errors) {
		expect(failure).toMatchObject({
			message: expect.stringMatching(/\S/) as unknown,
			hint: expect.stringMatching(/\S/) as unknown,
			statusCode: expect.any(Number) as unknown,
		});
	}
	if (!SEVERAL_ITEMS.includes(operation)) {
		const succeeded = new Set(out.flatMap(getIndices));
		expect(failed.flatMap(getIndices).filter((index) => succeeded.has(index))).toEqual([]);
	}
	expect(inspectAll(run)).not.toContain(apiKey);
}

/** The indices of the input items that an item is paired with. */
const getIndices = ({ pairedItem }: INodeExecutionData): number[] =>
	[pairedItem as IPairedItemData | IPairedItemData[]].flat().map(({ item }) => item);
