/** Jest reporter: one closing line with the totals, in a form that is easy to read by machine. */
export default class TotalsReporter {
	onRunComplete(_contexts, results) {
		const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
		console.log(
			`jest: ${results.numPassedTests} passed, ${failed} failed, ${results.numPendingTests} skipped`,
		);
	}
}
