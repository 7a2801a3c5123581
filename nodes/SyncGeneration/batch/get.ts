import type { INodeExecutionData } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/commonFields';
import { parseBatch, toBatchItem } from '../../shared/items/batchItem';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { batchLocator } from './batchLocator';

async function getBatch(item: ItemContext): Promise<INodeExecutionData> {
	const body = await item.request({ url: item.readPath('batchId', 'batch') });
	return { json: toBatchItem(parseBatch(body)) };
}

/** Batch → Get. */
export const getOperation = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get batch',
	description: 'Get a batch by ID: its status and the number of finished videos',
	request: { method: 'GET', url: '/v2/batch' },
	fields: [batchLocator, optionsField()],
	handle: getBatch,
});
