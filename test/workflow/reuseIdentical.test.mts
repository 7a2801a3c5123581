import { buildWav, createFileItem } from './fileLab.mts';
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

describe('of files', () => {
	/** Creates a generation whose audio is the file of each item. @param options besides Reuse Identical Generation */
	async function createFrom(
		options: object,
		...files: Array<Parameters<typeof createFileItem>[0]>
	) {
		const fields = { audioSource: 'binary', audioFieldName: 'data' };
		const items = await Promise.all(files.map(createFileItem));
		const { results, errors } = await lab.create(
			{ ...fields, options: { ...REUSE.options, ...options } },
			items,
		);
		expect(errors).toEqual([]);
		return results.map(({ id }) => id);
	}

	const OTHER_SOUND = Buffer.from(buildWav(4000)).fill(9, 44);

	const WAYS: Array<[string, object]> = [
		['that were uploaded before', {}],
		['without Reuse Existing', { reuseExisting: false }],
		['that are sent in the request', { createWithFiles: true }],
	];

	test.each(WAYS)(
		'%s, the same one in another execution returns the generation',
		async (_way, options) => {
			const first = await createFrom(options, {});
			expect(await createFrom(options, {})).toEqual(first);
			expect(await lab.countCreated()).toBe(1);
		},
	);

	test.each(WAYS)(
		'%s, two of the same name, size and type are different if their content is',
		async (_way, options) => {
			const ids = await createFrom(options, {}, { content: OTHER_SOUND });
			expect(new Set(ids).size).toBe(2);
		},
	);

	test('one with another name, sent in the request, creates another generation', async () => {
		const options = { createWithFiles: true };
		const ids = await createFrom(options, {}, { name: 'renamed.wav' });
		expect(new Set(ids).size).toBe(2);
	});

	test('one that sync.so does not recognize creates another generation', async () => {
		const first = await createFrom({}, {});
		const match = { operationId: 'findUploadedAsset' };
		const body = { asset: null };
		await lab.control.addFault({ kind: 'status', status: 200, body, match });
		expect(await createFrom({}, {})).not.toEqual(first);
	});
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
