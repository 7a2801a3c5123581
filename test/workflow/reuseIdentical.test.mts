import { GenerationLab } from './generationLab.mts';
import { inputs } from './workflows.mts';

const lab = new GenerationLab();
const REUSE = { options: { reuseIdentical: true } };

test('the same request in another execution outputs the existing generation', async () => {
	const first = await lab.create(REUSE);
	const second = await lab.create(REUSE);
	expect(second.results[0].id).toBe(first.results[0].id);
	expect(await lab.countCreated()).toBe(1);
});

test('identical items of a run share one generation and one request', async () => {
	const { results } = await lab.create(REUSE, inputs({}, {}, {}));
	expect(new Set(results.map(({ id }) => id)).size).toBe(1);
	expect(await lab.listCreateRequests()).toHaveLength(1);
});

test('a different request creates another generation', async () => {
	await lab.create(REUSE);
	await lab.create({ ...REUSE, model: 'lipsync-2-pro' });
	await lab.create({ ...REUSE, additionalFields: { outputFileName: 'b' } });
	expect(await lab.countCreated()).toBe(3);
});

test('without the option, every execution creates a generation', async () => {
	await lab.create({});
	await lab.create({});
	expect(await lab.countCreated()).toBe(2);
});

test('a generation that just failed is an error and is not created again immediately', async () => {
	await lab.control.addOutcome({ status: 'FAILED', times: 2 });
	const { errors } = await lab.create({ ...REUSE, wait: 'inNode' });
	expect(errors).toHaveLength(1);
	expect(await lab.countCreated()).toBe(1);
});

test.each([
	['Idempotency Key', { additionalFields: { idempotencyKey: 'a' } }],
	['Resume by Webhook', { wait: 'webhook' }],
])("can't be used together with %s", async (other, fields) => {
	const { errors } = await lab.create({ ...REUSE, ...fields });
	expect(errors).toMatchObject([
		{ message: expect.stringMatching(`'Reuse Identical Generation'.*'${other}'`) as string },
	]);
	expect(await lab.countCreated()).toBe(0);
});

describe('a generation that failed in an earlier execution', () => {
	const earlier = new GenerationLab();

	/** Runs a function with the clock of the sandbox set back by ten seconds. */
	async function tenSecondsAgo(work: () => Promise<unknown>): Promise<void> {
		const now = Date.now.bind(Date);
		const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() - 10_000);
		await work();
		clock.mockRestore();
	}

	test('is created again with a new key', async () => {
		await earlier.control.addOutcome({ status: 'FAILED', times: 1 });
		await tenSecondsAgo(async () => await earlier.create({ ...REUSE, wait: 'inNode' }));
		const { results } = await earlier.create({ ...REUSE, wait: 'inNode' });
		expect(results).toMatchObject([{ status: 'COMPLETED' }]);
		const third = await earlier.create({ ...REUSE, wait: 'inNode' });
		expect(third.results[0].id).toBe(results[0].id);
		expect(await earlier.countCreated()).toBe(2);
		expect(new Set(await earlier.listKeys()).size).toBe(2);
	});
});
