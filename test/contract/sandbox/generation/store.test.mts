import { OWNER_ID } from '../../../../sandbox/core/users.mts';
import { GenerationStore, type StoredGeneration } from '../../../../sandbox/generation/store.mts';

describe('the generation store', () => {
	const ended: string[] = [];
	const store = new GenerationStore();
	store.onEnd(({ generation }) => ended.push(generation.status));
	const add = (): StoredGeneration =>
		store.add(
			{ model: 'lipsync-2', input: [] },
			{
				createdAt: '2026-11-01T00:00:00.000Z',
				userId: OWNER_ID,
				origin: 'http://127.0.0.1',
				inBatch: false,
				outcome: { pendingMs: 300, processingMs: 700 },
			},
		);

	beforeEach(() => {
		ended.length = 0;
		jest.useFakeTimers();
	});

	afterEach(() => {
		store.reset();
		jest.useRealTimers();
	});

	test('processes generations according to their outcome', () => {
		const stored = add();
		const statuses = [299, 1, 699, 1].map((ms) => {
			jest.advanceTimersByTime(ms);
			return stored.generation.status;
		});
		expect(statuses).toEqual(['PENDING', 'PROCESSING', 'PROCESSING', 'COMPLETED']);
		expect(ended).toEqual(['COMPLETED']);
	});

	test('does not keep the process alive', () => {
		jest.useRealTimers();
		expect(add().timer?.hasRef()).toBe(false);
	});

	test('stops processing a generation that is held', () => {
		const stored = add();
		store.hold(stored);
		jest.advanceTimersByTime(1e9);
		expect(stored.generation.status).toBe('PENDING');
	});

	test('stops processing when it is reset', () => {
		add();
		store.reset();
		jest.advanceTimersByTime(1e9);
		expect(ended).toEqual([]);
	});

	test('stops waiting for a generation when it ends', async () => {
		const stored = add();
		const waiting = store.waitForEnd(stored, 1e9);
		store.end(stored);
		await waiting;
		expect(ended).toEqual(['COMPLETED']);
	});
});
