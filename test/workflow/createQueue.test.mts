import type { IDataObject } from 'n8n-workflow';
import { GenerationLab } from './generationLab.mts';
import { inputs } from './operations.mts';
import { startWorkflow } from './harness.mts';

const lab = new GenerationLab();

const FIFTY = inputs(...Array.from({ length: 50 }, () => ({})));

/** Fills the plan of three with generations that never end. */
async function fillPlan(): Promise<IDataObject[]> {
	await lab.control.configure({ processingMs: null });
	return (await lab.create({}, inputs({}, {}, {}))).made;
}

test('50 items on a plan of 3 all finish when the node waits for them', async () => {
	const { made, errors } = await lab.create({ wait: 'inNode' }, FIFTY);
	expect(errors).toEqual([]);
	expect(made).toHaveLength(50);
	expect(new Set(made.map(({ status }) => status))).toEqual(new Set(['COMPLETED']));
	expect(await lab.control.generationTotals()).toEqual({ created: 50, active: 0, peakActive: 3 });
});

test('50 items on a plan of 3 are all made when the node does not wait for them', async () => {
	const { made, errors } = await lab.create({}, FIFTY);
	expect(errors).toEqual([]);
	expect(made).toHaveLength(50);
	const { created, peakActive } = await lab.control.generationTotals();
	expect([created, peakActive]).toEqual([50, 3]);
});

test('generations that fail make room for the next', async () => {
	await lab.control.nextOutcome({ status: 'FAILED', times: 6 });
	const { made, errors } = await lab.create({ wait: 'inNode' }, FIFTY.slice(0, 9));
	expect([made.length, errors.length]).toEqual([3, 6]);
	expect(await lab.count()).toBe(9);
});

test('a plan that stays full is waited for no longer than the time limit', async () => {
	await fillPlan();
	const options = { timeLimit: 1 / 60 };
	const { errors } = await lab.create({ options }, inputs({}, {}, {}));
	expect(errors.map(({ statusCode, errorCode }) => [statusCode, errorCode])).toEqual(
		Array(3).fill([429, 'concurrency_limit_reached']),
	);
	expect(await lab.count()).toBe(3);
});

test('Stop ends the waiting for a turn at once', async () => {
	await fillPlan();
	const before = (await lab.control.totals()).count;
	const running = startWorkflow(lab.workflow({}), inputs({}, {}), lab.credential);
	await lab.control.waitForRequests(before + 2);
	running.cancel();
	const run = await running;
	expect(run.status).toBe('canceled');
	expect(await lab.count()).toBe(3);
});
