import type { ItemContext } from '../../shared/transport/itemContext';
import { Barrier, PerRun, RunFailedError } from '../../shared/transport/run';

const barriers = new PerRun(() => new Barrier<unknown>());

/**
 * Waits until an item is known to be valid, before anything is paid for it. If an error is to stop the workflow, waits
 * until all items of the run are: otherwise the first ones would be paid for, and lost.
 *
 * @param prepare finds out
 * @throws its error, or a RunFailedError if another item is not valid
 */
export async function prepareAll<T>(item: ItemContext, prepare: () => T | Promise<T>): Promise<T> {
	const preparing = (async () => await prepare())();
	if (item.context.continueOnFail()) return await preparing;
	const results = await barriers.get(item.run).arrive(preparing);
	const prepared = await preparing;
	const areAllValid = results.every(({ status }) => status === 'fulfilled');
	if (areAllValid && results.length >= item.run.itemCount) return prepared;
	throw new RunFailedError();
}
