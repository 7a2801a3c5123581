import { requireOrSkip } from '../e2e/requireOrSkip.mts';

const MISSING = ['Redis is not installed.'];

let written: jest.SpyInstance;

beforeEach(() => {
	written = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});

afterEach(() => {
	jest.restoreAllMocks();
});

test('tests run if nothing is missing', () => {
	expect(requireOrSkip('The test', [], { CI: 'true' })).toBe(describe);
});

test.each([{}, { CI: '' }, { CI: 'false' }])('tests are skipped on a machine with %j', (env) => {
	expect(requireOrSkip('The test', MISSING, env)).toBe(describe.skip);
	expect(written).toHaveBeenCalledWith('The test is skipped. Redis is not installed.\n');
});

test('tests fail instead in continuous integration', () => {
	expect(() => requireOrSkip('The test', MISSING, { CI: 'true' })).toThrow(
		"The test can't run. Redis is not installed.",
	);
});
