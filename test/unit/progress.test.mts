import path from 'node:path';

import { LATEST_N8N } from '../../n8n/install.mts';
import { startProgress } from '../../n8n/progress.mts';

const PINNED = path.join(import.meta.dirname, '../../n8n', LATEST_N8N);

let written: string[];

beforeEach(() => {
	jest.useFakeTimers();
	written = [];
	jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
		written.push(String(text));
		return true;
	});
});

afterEach(() => {
	jest.restoreAllMocks();
	jest.useRealTimers();
});

test('each step and each interval is one plain line, also in the log of a test', async () => {
	// Jest adds a stack trace to what `console` prints.
	const consoleError = jest.spyOn(console, 'error').mockImplementation();
	const progress = await startProgress('n8n', path.join(PINNED, 'missing'), PINNED);
	progress.step('installing', 'takes a while');
	jest.advanceTimersByTime(15_000);
	progress.stop();
	jest.advanceTimersByTime(60_000);
	expect(written).toEqual([
		'n8n: installing, takes a while\n',
		expect.stringMatching(/^n8n: installing, 15 s so far, 0 of \d+ packages unpacked\n$/),
	]);
	expect(consoleError).not.toHaveBeenCalled();
});
