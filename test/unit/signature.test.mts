import { findSignatureProblem } from '../../nodes/shared/transport/signature.ts';

/** The example of the API reference. */
const BODY = Buffer.from('{"id":"gen_1","status":"COMPLETED"}');
const SIGNED_AT = 1_700_000_000;
const SIGNATURE = '31f65cbec6184d4de3ccf9e70b1ebd8d4576782dc04ed67f626f43d84a983626';
const HEADER = `t=${SIGNED_AT},v1=${SIGNATURE}`;
const FORGED = "The Sync-Signature header doesn't match the body and the 'Webhook Signing Secret'";
const NONE = 'The webhook has no Sync-Signature header';
const OLD = 'The webhook is too old';

interface Case {
	body?: Buffer;
	header?: unknown;
	secret?: string;
	/** In seconds. */
	tolerance?: number;
	/** How long after signing it is checked, in seconds. */
	age?: number;
}

/** Checks the example. @param changes what differs from it */
const check = (changes: Case = {}) => {
	const { body, header, secret, tolerance, age } = {
		...{ body: BODY, header: HEADER, secret: 'whsec_test', tolerance: 300, age: 0 },
		...changes,
	};
	return findSignatureProblem(body, header, { secret, tolerance }, (SIGNED_AT + age) * 1000);
};

test('a signature from sync.so is valid', () => {
	expect(check()).toBeUndefined();
});

test('a signature in upper case is valid', () => {
	expect(check({ header: `t=${SIGNED_AT},v1=${SIGNATURE.toUpperCase()}` })).toBeUndefined();
});

test.each([
	['another body', { body: Buffer.from(`${BODY.toString()} `) }],
	['another secret', { secret: 'whsec_other' }],
	['the secret without its prefix', { secret: 'test' }],
	['another time', { header: `t=${SIGNED_AT + 1},v1=${SIGNATURE}` }],
	['another signature', { header: `t=${SIGNED_AT},v1=${'0'.repeat(64)}` }],
])('%s makes the signature invalid', (_what, changes) => {
	expect(check(changes)).toBe(FORGED);
});

test.each([
	['nothing', undefined],
	['an empty text', ''],
	['a list', ['a', 'b']],
	['a signature alone', SIGNATURE],
	['a time that is not a number', `t=x,v1=${SIGNATURE}`],
	['a short signature', `t=${SIGNED_AT},v1=${SIGNATURE.slice(2)}`],
	['a long signature', `t=${SIGNED_AT},v1=${SIGNATURE}00`],
	['a signature that is not hexadecimal', `t=${SIGNED_AT},v1=${'g'.repeat(64)}`],
	['an additional part', `${HEADER},v2=x`],
])('%s is not a signature', (_what, header) => {
	expect(check({ header })).toBe(NONE);
});

test.each([
	[300, undefined],
	[301, OLD],
	[-300, undefined],
	[-301, OLD],
])('a call signed %s seconds ago, with a tolerance of 300: %s', (age, problem) => {
	expect(check({ age })).toBe(problem);
});

test('a tolerance of 0 accepts any age', () => {
	expect(check({ age: 1e8, tolerance: 0 })).toBeUndefined();
});
