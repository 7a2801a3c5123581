import { defineResource } from '../../shared/transport/operation';
import { countOperation } from './count';
import { createOperation } from './create';
import { deleteOperation } from './delete';
import { downloadOperation } from './download';
import { estimateCostOperation } from './estimateCost';
import { getOperation } from './get';
import { getAllOperation } from './getAll';
import { getByIdsOperation } from './getByIds';
import { getCostsOperation } from './getCosts';
import { waitForWebhookOperation } from './waitForWebhook';

/** The Generation resource and its operations. */
export const generationDescription = defineResource(
	'generation',
	[
		createOperation,
		countOperation,
		deleteOperation,
		downloadOperation,
		estimateCostOperation,
		getOperation,
		getByIdsOperation,
		getCostsOperation,
		getAllOperation,
		waitForWebhookOperation,
	],
	getOperation,
);
