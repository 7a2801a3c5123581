import { defineResource } from '../../shared/transport/operation';
import { createOperation } from './create';
import { getOperation } from './get';
import { getAllOperation } from './getAll';
import { getResultsOperation } from './getResults';
import { waitForWebhookOperation } from './waitForWebhook';

/** The Batch resource and its operations. */
export const batchDescription = defineResource(
	'batch',
	[createOperation, getOperation, getAllOperation, getResultsOperation, waitForWebhookOperation],
	getOperation,
);
