import { Collector } from '../../shared/transport/collector';
import type { ItemContext } from '../../shared/transport/itemContext';
import { PerRun, RunFailedError } from '../../shared/transport/run';

const collectors = new PerRun(
	() => new Collector(async (items: Array<Promise<unknown>>) => await Promise.allSettled(items)),
);

/**
 * Validates an item before anything is paid for. If an error stops the workflow, it also waits until all other items of
 * the run are valid: otherwise, the first ones would be paid for, and then lost when another one fails.
 *
 * @param prepare validates the item
 * @throws the error of `prepare`, or a RunFailedError if another item is invalid
 */
export async function prepareTogether<T>(
	item: ItemContext,
	prepare: () => T | Promise<T>,
): Promise<T> {
	const preparing = (async () => await prepare())();
	if (item.context.continueOnFail()) return await preparing;
	// Prevents an unhandled rejection. The error is thrown below.
	preparing.catch(() => undefined);
	const results = await collectors.get(item.run).add(preparing);
	const prepared = await preparing;
	const areAllValid = results.every(({ status }) => status === 'fulfilled');
	if (areAllValid && results.length >= item.run.itemCount) return prepared;
	// An item is invalid, or n8n itself failed one because its expressions can't be evaluated. Either is reported, but in
	// the second case nothing waits for this item anymore: another error would be an unhandled rejection.
	throw new RunFailedError();
}
