import type { INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { clonedVoiceLocator, voiceLocator } from '../../shared/fields/voiceLocator';
import { cloneDescription, cloneOption } from './clone';
import { deleteDescription, deleteOption } from './delete';
import { getDescription, getOption } from './get';
import { getAllDescription, getAllOption } from './getAll';

/** Everything the node shows for the resource Voice. */
export const voiceDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['voice'] } },
		options: [cloneOption, deleteOption, getOption, getAllOption],
		default: 'getAll',
	},
	...updateDisplayOptions({ show: { resource: ['voice'], operation: ['get'] } }, [voiceLocator]),
	...updateDisplayOptions({ show: { resource: ['voice'], operation: ['delete'] } }, [
		clonedVoiceLocator,
	]),
	...cloneDescription,
	...deleteDescription,
	...getDescription,
	...getAllDescription,
];
