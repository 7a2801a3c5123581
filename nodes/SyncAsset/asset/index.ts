import { defineResource } from '../../shared/transport/operation';
import { countOperation } from './count';
import { createOperation } from './create';
import { deleteOperation } from './delete';
import { downloadOperation } from './download';
import { findByFileOperation } from './findByFile';
import { getOperation } from './get';
import { getAllOperation } from './getAll';
import { getByIdsOperation } from './getByIds';
import { updateOperation } from './update';
import { uploadOperation } from './upload';

/** The Asset resource and its operations. */
export const assetDescription = defineResource(
	'asset',
	[
		countOperation,
		deleteOperation,
		downloadOperation,
		findByFileOperation,
		getOperation,
		getByIdsOperation,
		getAllOperation,
		createOperation,
		updateOperation,
		uploadOperation,
	],
	getOperation,
);
