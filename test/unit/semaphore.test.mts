import { Semaphore } from '../../nodes/shared/transport/semaphore.ts';

/** Tasks that a test ends when it wants. */
function workAt(semaphore: Semaphore, count: number) {
	const begun: number[] = [];
	const ends: Array<{ resolve: () => void; reject: (error: Error) => void }> = [];
	const all = Array.from({ length: count }, (_value, index) =>
		semaphore.run(
			() =>
				new Promise<number>((resolve, reject) => {
					begun.push(index);
					ends[index] = { resolve: () => resolve(index), reject };
				}),
		),
	);
	return { begun, ends, all };
}

/** Lets everything go on that waits for nothing but its turn. */
const settle = async () => await new Promise((resolve) => setImmediate(resolve));

test('lets so many in, and the others in their order as places get free', async () => {
	const { begun, ends } = workAt(new Semaphore(2), 5);
	await settle();
	expect(begun).toEqual([0, 1]);
	ends[1].resolve();
	await settle();
	expect(begun).toEqual([0, 1, 2]);
	ends[0].resolve();
	ends[2].resolve();
	await settle();
	expect(begun).toEqual([0, 1, 2, 3, 4]);
});

test('gives what each piece of work gives', async () => {
	const { ends, all } = workAt(new Semaphore(1), 2);
	await settle();
	ends[0].resolve();
	await settle();
	ends[1].resolve();
	expect(await Promise.all(all)).toEqual([0, 1]);
});

test('work that fails leaves its place to the next, and its error to whoever asked', async () => {
	const { begun, ends, all } = workAt(new Semaphore(1), 2);
	const failure = expect(all[0]).rejects.toThrow('broken');
	await settle();
	ends[0].reject(new Error('broken'));
	await failure;
	await settle();
	expect(begun).toEqual([0, 1]);
});

test('work that throws at once leaves its place too', async () => {
	const semaphore = new Semaphore(1);
	const thrown = semaphore.run(() => {
		throw new Error('at once');
	});
	await expect(thrown).rejects.toThrow('at once');
	expect(await semaphore.run(() => Promise.resolve('next'))).toBe('next');
});

test('is as wide as before once all have left', async () => {
	const semaphore = new Semaphore(2);
	await Promise.all([1, 2, 3].map((one) => semaphore.run(() => Promise.resolve(one))));
	const { begun } = workAt(semaphore, 3);
	await settle();
	expect(begun).toEqual([0, 1]);
});
