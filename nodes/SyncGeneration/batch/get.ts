import type { INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import type { Call } from '../../shared/transport/operation';
import { routing } from '../../shared/transport/operation';
import { optionsField } from '../../shared/fields/options';
import { batchIn, batchItem } from './batchItem';

/** Gets a batch. */
async function getBatch(call: Call): Promise<INodeExecutionData> {
	const body = await call.ask({ url: call.path('batchId', 'batch') });
	return { json: batchItem(batchIn(body)) };
}

/** The entry in the Operation list. */
export const getOption: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	action: 'Get batch',
	description: 'Get the state of a batch by its ID, and how many of its videos are made',
	routing: routing('GET', '/v2/batch', getBatch),
};

const properties: INodeProperties[] = [optionsField()];

/** The fields of Get. */
export const getDescription = updateDisplayOptions(
	{ show: { resource: ['batch'], operation: ['get'] } },
	properties,
);
