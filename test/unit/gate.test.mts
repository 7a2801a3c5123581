import { Gate } from '../../nodes/shared/transport/gate.ts';

/** Pieces of work that a test ends when it wants, at a gate. */
function workAt(gate: Gate, count: number) {
	const begun: number[] = [];
	const ends: Array<{ resolve: () => void; reject: (error: Error) => void }> = [];
	const all = Array.from({ length: count }, (_value, index) =>
		gate.pass(
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
	const { begun, ends } = workAt(new Gate(2), 5);
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
	const { ends, all } = workAt(new Gate(1), 2);
	await settle();
	ends[0].resolve();
	await settle();
	ends[1].resolve();
	expect(await Promise.all(all)).toEqual([0, 1]);
});

test('work that fails leaves its place to the next, and its error to whoever asked', async () => {
	const { begun, ends, all } = workAt(new Gate(1), 2);
	const failure = expect(all[0]).rejects.toThrow('broken');
	await settle();
	ends[0].reject(new Error('broken'));
	await failure;
	await settle();
	expect(begun).toEqual([0, 1]);
});

test('work that throws at once leaves its place too', async () => {
	const gate = new Gate(1);
	const thrown = gate.pass(() => {
		throw new Error('at once');
	});
	await expect(thrown).rejects.toThrow('at once');
	expect(await gate.pass(() => Promise.resolve('next'))).toBe('next');
});

test('is as wide as before once all have left', async () => {
	const gate = new Gate(2);
	await Promise.all([1, 2, 3].map((one) => gate.pass(() => Promise.resolve(one))));
	const { begun } = workAt(gate, 3);
	await settle();
	expect(begun).toEqual([0, 1]);
});
