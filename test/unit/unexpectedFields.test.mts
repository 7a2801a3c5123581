import { toCostItem } from '../../nodes/shared/items/costItem.ts';
import { type Generation, generationFailure } from '../../nodes/shared/items/generationItem.ts';
import { PENDING } from './generations.mts';

/** JSON that JavaScript can't convert to text or to a number. */
const NO_TEXT = { toString: {}, valueOf: {} };

test.each([[NO_TEXT], ['constructor'], [7]])(
	'a failed generation with the error code %j gets the general hint',
	(errorCode) => {
		const failed = { ...PENDING, status: 'FAILED', errorCode } as unknown as Generation;
		expect(generationFailure(failed).hint).toMatch(/^Check that the video shows/);
	},
);

test.each([[NO_TEXT], [null], [true]])('a cost of %j becomes null', (totalCostUsd) => {
	expect(toCostItem({ totalCostUsd })).toMatchObject({
		totalCostUsd: null,
		totalCostUsdText: null,
	});
});
