import type { IDataObject } from 'n8n-workflow';
import type { ItemContext } from '../../shared/transport/itemContext';

/**
 * Records something paid that was created. If the run fails, the error lists it. It is also written to n8n's log,
 * where it can be found even if the execution is stopped or n8n crashes.
 *
 * @param thing its kind, e.g. `generation`
 * @param ids its IDs, by the names that error items use for them
 */
export function recordCreated(item: ItemContext, thing: string, ids: IDataObject): void {
	recordExisting(item, ids);
	const { context, index } = item;
	const { id: workflowId } = context.getWorkflow();
	const namedIds = Object.entries(ids).map(([name, id]) => `${name} ${String(id)}`);
	context.logger.info(
		`${context.getNode().name}: created a ${thing} for item ${index} of execution ${context.getExecutionId()}: ${namedIds.join(', ')}`,
		{ ...ids, item: index, workflowId },
	);
}

/** Records something paid that an earlier attempt created. If the run fails, the error lists it. */
export function recordExisting({ index, run }: ItemContext, ids: IDataObject): void {
	run.created.push({ item: index, ...ids });
}
