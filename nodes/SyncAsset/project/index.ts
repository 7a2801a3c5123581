import { defineResource } from '../../shared/transport/operation';
import { addAssetOperation } from './addAsset';
import { createOperation } from './create';
import { deleteOperation } from './delete';
import { getOperation } from './get';
import { getAllOperation } from './getAll';
import { removeAssetOperation } from './removeAsset';
import { updateOperation } from './update';

/** The Project resource and its operations. */
export const projectDescription = defineResource(
	'project',
	[
		addAssetOperation,
		createOperation,
		deleteOperation,
		getOperation,
		getAllOperation,
		removeAssetOperation,
		updateOperation,
	],
	getOperation,
);
