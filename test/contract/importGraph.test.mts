import { findCycles } from './importGraph.mts';

/** Parses imports from text such as `a b, b c`: a imports b, and b imports c. */
const parseGraph = (text: string) =>
	text.split(', ').map((pair) => {
		const [from, to] = pair.split(' ');
		return { from, to };
	});

test.each([
	['a chain', 'a b, b c', []],
	['two paths to the same file', 'a b, a c, b d, c d', []],
	['a file that imports itself', 'a a', ['a a']],
	['two files', 'a b, b a', ['a b a']],
	['a cycle that starts later', 'a b, b c, c d, d b', ['b c d b']],
	['two cycles', 'a b, b a, b c, c d, d c', ['a b a', 'c d c']],
	['a cycle that a finished file leads to', 'a b, c d, d c, a c', ['c d c']],
])('findCycles finds the cycles of %s', (_what, imports, cycles) => {
	expect(findCycles(parseGraph(imports)).map((cycle) => cycle.join(' '))).toEqual(cycles);
});
