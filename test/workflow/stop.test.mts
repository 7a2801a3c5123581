import type { IRun } from 'n8n-workflow';

import { REPLIES, uuid } from '../unit/answers.mts';
import type { Answer } from './api.mts';
import { useApi } from './api.mts';
import { startWorkflow } from './harness.mts';
import { getWorkflow, itemsWith } from './workflows.mts';

const server = useApi();
const IDS = Array.from({ length: 300 }, (_value, index) => uuid(index));
const ASK_LATER: Answer = { ...REPLIES.rateLimited, headers: { 'retry-after': '100' } };

/** Presses Stop when so many requests have come, and waits for the end of the execution. */
async function stopAfter(count: number, combineLookups: boolean): Promise<IRun> {
	const { api } = server;
	const asked = new Promise<void>((resolve) => {
		api.onSent = () => {
			if (api.sent.length === count) resolve();
		};
	});
	const options = { combineLookups, maxConcurrent: 10, maxRetries: 5 };
	const execution = startWorkflow(getWorkflow({ options }), itemsWith(...IDS), api.credential);
	await asked;
	execution.cancel();
	return await execution;
}

describe.each([
	['combined', true, 3],
	['one by one', false, 10],
])('look-ups %s', (_way, combine, requests) => {
	test('end at once while answers are awaited, and nothing more is sent', async () => {
		server.api.answer = () => 'never';
		const { status } = await stopAfter(requests, combine);
		expect(status).toBe('canceled');
		expect(server.api.sent).toHaveLength(requests);
	});

	test('end at once during the pause that a rate limit asks for, and nothing more is sent', async () => {
		server.api.answer = () => ASK_LATER;
		const { status } = await stopAfter(requests, combine);
		expect(status).toBe('canceled');
		expect(server.api.sent).toHaveLength(requests);
	});
});
