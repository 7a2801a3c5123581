import { defineResource } from '../../shared/transport/operation';
import { cloneOperation } from './clone';
import { deleteOperation } from './delete';
import { getOperation } from './get';
import { getAllOperation } from './getAll';

/** The Voice resource and its operations. */
export const voiceDescription = defineResource(
	'voice',
	[cloneOperation, deleteOperation, getOperation, getAllOperation],
	getAllOperation,
);
