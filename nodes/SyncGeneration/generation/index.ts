import type { INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { countDescription, countOption } from './count';
import { createDescription, createOption } from './create';
import { deleteDescription, deleteOption } from './delete';
import { downloadDescription, downloadOption } from './download';
import { estimateCostDescription, estimateCostOption } from './estimateCost';
import { generationLocator, modelField } from '../fields';
import { getDescription, getOption } from './get';
import { getAllDescription, getAllOption } from './getAll';
import { getCostsDescription, getCostsOption } from './getCosts';
import { waitForWebhookDescription, waitForWebhookOption } from './waitForWebhook';

/**
 * Everything the node shows for the resource Generation. The generation is one field for all operations, because n8n
 * evaluates every field of a name for each item, shown or not; so is the model.
 */
export const generationDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['generation'] } },
		options: [
			countOption,
			createOption,
			deleteOption,
			downloadOption,
			estimateCostOption,
			getOption,
			getCostsOption,
			getAllOption,
			waitForWebhookOption,
		],
		default: 'get',
	},
	...updateDisplayOptions(
		{
			show: {
				resource: ['generation'],
				operation: ['delete', 'download', 'get', 'getCosts', 'waitForWebhook'],
			},
		},
		[generationLocator],
	),
	...updateDisplayOptions(
		{ show: { resource: ['generation'], operation: ['create', 'estimateCost'] } },
		[modelField],
	),
	...countDescription,
	...createDescription,
	...deleteDescription,
	...downloadDescription,
	...estimateCostDescription,
	...getDescription,
	...getAllDescription,
	...getCostsDescription,
	...waitForWebhookDescription,
];
