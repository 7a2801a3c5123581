import type { INodeExecutionData } from 'n8n-workflow';
import type { Call } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { optionsField } from '../../shared/fields/options';
import { batchIn, batchItem } from './batchItem';
import { batchLocator } from './batchLocator';

/** Gets a batch. */
async function getBatch(call: Call): Promise<INodeExecutionData> {
	const body = await call.ask({ url: call.path('batchId', 'batch') });
	return { json: batchItem(batchIn(body)) };
}

/** Batch → Get. */
export const getOperation = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get batch',
	description: 'Get the state of a batch by its ID, and how many of its videos are made',
	request: { method: 'GET', url: '/v2/batch' },
	fields: [batchLocator, optionsField()],
	handle: getBatch,
});
