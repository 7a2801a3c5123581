import type { INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { assetLocator } from '../../shared/fields/assetLocator';
import { countDescription, countOption } from './count';
import { createDescription, createOption } from './create';
import { deleteDescription, deleteOption } from './delete';
import { downloadDescription, downloadOption } from './download';
import { findByFileDescription, findByFileOption } from './findByFile';
import { getDescription, getOption } from './get';
import { getAllDescription, getAllOption } from './getAll';
import { getByIdsDescription, getByIdsOption } from './getByIds';
import { updateDescription, updateOption } from './update';
import { uploadDescription, uploadOption } from './upload';

/**
 * Everything the node shows for the resource Asset. The asset is one field for all operations: n8n evaluates every field
 * of a name for each item, shown or not, and half a millisecond each would make Get four times slower.
 */
export const assetDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['asset'] } },
		options: [
			countOption,
			deleteOption,
			downloadOption,
			findByFileOption,
			getOption,
			getByIdsOption,
			getAllOption,
			createOption,
			updateOption,
			uploadOption,
		],
		default: 'get',
	},
	...updateDisplayOptions(
		{ show: { resource: ['asset'], operation: ['delete', 'download', 'get', 'update'] } },
		[assetLocator],
	),
	...countDescription,
	...createDescription,
	...deleteDescription,
	...downloadDescription,
	...findByFileDescription,
	...getDescription,
	...getAllDescription,
	...getByIdsDescription,
	...updateDescription,
	...uploadDescription,
];
