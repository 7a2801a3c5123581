import { Clock } from '../../../../sandbox/core/clock.mts';

test('the clock never returns the same time twice', () => {
	const clock = new Clock();
	const times = Array.from({ length: 1000 }, () => clock.now());
	expect(new Set(times).size).toBe(1000);
	expect(times).toEqual([...times].sort());
});
