import { Collector } from '../../shared/transport/collector';
import type { ItemContext } from '../../shared/transport/itemContext';
import { PerRun, RunFailedError } from '../../shared/transport/run';

const collectors = new PerRun(
	() => new Collector(async (items: Array<Promise<unknown>>) => await Promise.allSettled(items)),
);

/**
 * Waits until an item has been validated, before anything is paid for it. If an error stops the workflow, it waits for
 * all items of the run: otherwise, the first ones would be paid for and then lost.
 *
 * @param prepare validates the item
 * @throws the error of `prepare`, or a RunFailedError if another item is invalid
 */
export async function prepareAll<T>(item: ItemContext, prepare: () => T | Promise<T>): Promise<T> {
	const preparing = (async () => await prepare())();
	if (item.context.continueOnFail()) return await preparing;
	// Prevents an unhandled rejection. The error is thrown below.
	preparing.catch(() => undefined);
	const results = await collectors.get(item.run).add(preparing);
	const prepared = await preparing;
	const areAllValid = results.every(({ status }) => status === 'fulfilled');
	if (areAllValid && results.length >= item.run.itemCount) return prepared;
	throw new RunFailedError();
}
