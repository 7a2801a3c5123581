/** A Jest reporter that ends with one line of totals that is easy to parse. */
export default class TotalsReporter {
	onRunComplete(_contexts, results) {
		const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
		console.log(
			`jest: ${results.numPassedTests} passed, ${failed} failed, ${results.numPendingTests} skipped`,
		);
	}
}
