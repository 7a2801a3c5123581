import fc from 'fast-check';

/** The number of cases of all tests in this folder together. `npm run test:fuzz` sets 100,000. */
const TOTAL = Number(process.env.FUZZ_CASES ?? 1000);

/** The short run always has the same cases. fast-check prints the seed of a run that fails. */
const SEED =
	process.env.FUZZ_SEED ?? (process.env.FUZZ_CASES === undefined ? '20261126' : undefined);

/** The share of the cases that each test gets. They add up to 1. */
const SHARES = { ids: 0.2, texts: 0.2, trigger: 0.15, resume: 0.15, responses: 0.3 };

/** In ms. A case takes some milliseconds, but the machine may be busy. */
const TIME_PER_CASE = 500;

/** Runs a test with its share of the cases. @throws Error with the smallest case that fails, and its seed */
export function testWithCases<T>(
	name: string,
	share: keyof typeof SHARES,
	cases: fc.Arbitrary<T>,
	check: (value: T) => Promise<void>,
): void {
	const numRuns = Math.round(TOTAL * SHARES[share]);
	const seed = SEED === undefined ? {} : { seed: Number(SEED) };
	test(
		name,
		async () => await fc.assert(fc.asyncProperty(cases, check), { numRuns, ...seed }),
		60_000 + numRuns * TIME_PER_CASE,
	);
}
