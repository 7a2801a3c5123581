import { HINT_BY_CODE } from '../../nodes/shared/transport/hints.ts';
import { expectNone } from '../contract/expectNone.mts';

const hints = Object.entries(HINT_BY_CODE);

test('error codes are in alphabetical order', () => {
	const codes = hints.map(([code]) => code);
	expect(codes).toEqual([...codes].sort((a, b) => a.localeCompare(b)));
});

test('hints have no full stop at the end, because a request ID may follow', () => {
	expectNone(
		hints.filter(([, hint]) => !/^\p{Lu}.{10,}[^.]$/u.test(hint)).map(([code]) => code),
		'Say what to do, without a full stop at the end:',
	);
});
