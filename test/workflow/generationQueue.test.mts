import type { IDataObject } from 'n8n-workflow';

import { startWorkflow } from './engine.mts';
import { GenerationLab } from './generationLab.mts';
import { inputs, manyInputs } from './workflows.mts';

const lab = new GenerationLab();

const FIFTY = manyInputs(50);

/** Fills the plan of three with generations that never finish. */
async function fillPlan(): Promise<IDataObject[]> {
	await lab.control.configure({ processingMs: null });
	return (await lab.create({}, inputs({}, {}, {}))).results;
}

test('all 50 items finish on a plan of 3 if the node waits for them', async () => {
	const { results, errors } = await lab.create({ wait: 'inNode' }, FIFTY);
	expect(errors).toEqual([]);
	expect(results).toHaveLength(50);
	expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['COMPLETED']));
	expect(await lab.control.getGenerationTotals()).toEqual({
		created: 50,
		active: 0,
		peakActive: 3,
	});
});

test('all 50 items are created on a plan of 3 if the node does not wait for them', async () => {
	const { results, errors } = await lab.create({}, FIFTY);
	expect(errors).toEqual([]);
	expect(results).toHaveLength(50);
	const { created, peakActive } = await lab.control.getGenerationTotals();
	expect([created, peakActive]).toEqual([50, 3]);
});

test('a generation that fails frees its slot', async () => {
	await lab.control.addOutcome({ status: 'FAILED', times: 6 });
	const { results, errors } = await lab.create({ wait: 'inNode' }, FIFTY.slice(0, 9));
	expect([results.length, errors.length]).toEqual([3, 6]);
	expect(await lab.countCreated()).toBe(9);
});

test('items fail after the time limit if the plan stays full', async () => {
	await fillPlan();
	const options = { timeLimit: 1 / 60 };
	const { errors } = await lab.create({ options }, inputs({}, {}, {}));
	expect(errors.map(({ statusCode, errorCode }) => [statusCode, errorCode])).toEqual(
		Array(3).fill([429, 'concurrency_limit_reached']),
	);
	expect(await lab.countCreated()).toBe(3);
});

test('Stop ends the wait for a slot immediately', async () => {
	await fillPlan();
	const before = (await lab.control.getTotals()).count;
	const running = startWorkflow(lab.buildWorkflow({}), inputs({}, {}), lab.credential);
	await lab.control.waitForRequests(before + 2);
	running.cancel();
	const run = await running;
	expect(run.status).toBe('canceled');
	expect(await lab.countCreated()).toBe(3);
});
