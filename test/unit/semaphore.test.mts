import { Semaphore } from '../../nodes/shared/transport/semaphore.ts';

/** Starts tasks that the test ends. */
function startTasks(semaphore: Semaphore, count: number) {
	const started: number[] = [];
	const ends: Array<{ resolve: () => void; reject: (error: Error) => void }> = [];
	const all = Array.from({ length: count }, (_value, index) =>
		semaphore.run(
			() =>
				new Promise<number>((resolve, reject) => {
					started.push(index);
					ends[index] = { resolve: () => resolve(index), reject };
				}),
		),
	);
	return { started, ends, all };
}

/** Lets all pending callbacks run. */
const settle = async () => await new Promise((resolve) => setImmediate(resolve));

test('starts as many tasks as fit, and queued tasks in order as slots free up', async () => {
	const { started, ends } = startTasks(new Semaphore(2), 5);
	await settle();
	expect(started).toEqual([0, 1]);
	ends[1].resolve();
	await settle();
	expect(started).toEqual([0, 1, 2]);
	ends[0].resolve();
	ends[2].resolve();
	await settle();
	expect(started).toEqual([0, 1, 2, 3, 4]);
});

test('returns the result of each task', async () => {
	const { ends, all } = startTasks(new Semaphore(1), 2);
	await settle();
	ends[0].resolve();
	await settle();
	ends[1].resolve();
	expect(await Promise.all(all)).toEqual([0, 1]);
});

test('a task that fails frees its slot and rejects with its error', async () => {
	const { started, ends, all } = startTasks(new Semaphore(1), 2);
	const failure = expect(all[0]).rejects.toThrow('broken');
	await settle();
	ends[0].reject(new Error('broken'));
	await failure;
	await settle();
	expect(started).toEqual([0, 1]);
});

test('a task that throws immediately frees its slot too', async () => {
	const semaphore = new Semaphore(1);
	const thrown = semaphore.run(() => {
		throw new Error('immediately');
	});
	await expect(thrown).rejects.toThrow('immediately');
	expect(await semaphore.run(() => Promise.resolve('next'))).toBe('next');
});

test('has all slots again after all tasks are finished', async () => {
	const semaphore = new Semaphore(2);
	await Promise.all([1, 2, 3].map((one) => semaphore.run(() => Promise.resolve(one))));
	const { started } = startTasks(semaphore, 3);
	await settle();
	expect(started).toEqual([0, 1]);
});
