import type { IDataObject } from 'n8n-workflow';
import type { ItemContext } from '../../shared/transport/itemContext';

/**
 * Notes that something was created which costs money: for the error that may end the run, and in n8n's log, so that it
 * can be found even if the execution is stopped or n8n crashes.
 *
 * @param thing what it is, e.g. `generation`
 * @param ids by what it is found, as an error item names it
 */
export function recordCreated(item: ItemContext, thing: string, ids: IDataObject): void {
	recordExisting(item, ids);
	const { context, index } = item;
	const { id: workflowId } = context.getWorkflow();
	const facts = Object.entries(ids).map(([name, id]) => `${name} ${String(id)}`);
	context.logger.info(
		`${context.getNode().name}: created a ${thing} for item ${index} of execution ${context.getExecutionId()}: ${facts.join(', ')}`,
		{ ...ids, item: index, workflowId },
	);
}

/** Notes what an earlier try has created, for the error that may end the run. */
export function recordExisting({ index, run }: ItemContext, ids: IDataObject): void {
	run.created.push({ item: index, ...ids });
}
