import { isScanPassed } from '../../release/scanVerdict.mts';

const SPEC = 'n8n-nodes-sync-so@1.2.0';

/** As the scanner prints it, which overwrites no lines outside of a terminal. */
const PASSED = `Checking provenance for ${SPEC}...✅ Provenance check passed for ${SPEC} \nFetching source for ${SPEC}...✅ Fetched source for ${SPEC} \n✅ Package ${SPEC} has passed all security checks\n`;

test('a package that the scanner passed has passed', () => {
	expect(isScanPassed({ exitCode: 0, output: PASSED }, SPEC)).toBe(true);
});

test.each([
	[
		'failed, although the exit code is 0',
		{
			exitCode: 0,
			output: `❌ Package ${SPEC} has failed security checks\nReason: ESLint violations found\n`,
		},
	],
	['printed nothing', { exitCode: 0, output: '' }],
	['crashed after it passed', { exitCode: 1, output: PASSED }],
	['was killed', { output: PASSED }],
	['passed another version', { exitCode: 0, output: PASSED.replaceAll('1.2.0', '1.1.0') }],
	['passed a longer version', { exitCode: 0, output: PASSED.replaceAll('1.2.0', '1.2.0-rc.1') }],
	['also printed a failure', { exitCode: 0, output: `❌ Provenance check failed\n${PASSED}` }],
])('a package has not passed if the scanner %s', (_what, run) => {
	expect(isScanPassed(run, SPEC)).toBe(false);
});
