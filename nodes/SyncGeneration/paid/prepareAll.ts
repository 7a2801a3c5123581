import { Collector } from '../../shared/transport/collector';
import type { ItemContext } from '../../shared/transport/itemContext';
import { PerRun, RunFailedError } from '../../shared/transport/run';

const collectors = new PerRun(
	() => new Collector(async (items: Array<Promise<unknown>>) => await Promise.allSettled(items)),
);

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
	// If it fails before the others have been added, the error is thrown below.
	preparing.catch(() => undefined);
	const results = await collectors.get(item.run).add(preparing);
	const prepared = await preparing;
	const areAllValid = results.every(({ status }) => status === 'fulfilled');
	if (areAllValid && results.length >= item.run.itemCount) return prepared;
	throw new RunFailedError();
}
