import { createHmac } from 'node:crypto';

import { isSignedWith, readSignature } from '../../nodes/shared/transport/signature.ts';

/** The example of the API reference. */
const BODY = Buffer.from('{"id":"gen_1","status":"COMPLETED"}');
const SIGNED_AT = 1_700_000_000;
const SIGNATURE = '31f65cbec6184d4de3ccf9e70b1ebd8d4576782dc04ed67f626f43d84a983626';
const HEADER = `t=${SIGNED_AT},v1=${SIGNATURE}`;
/** The signature of the body alone, without a time. */
const BARE_SIGNATURE = createHmac('sha256', 'whsec_test').update(BODY).digest('hex');
const NONE = 'The webhook has no Sync-Signature header';
const OLD = 'The webhook is too old';

interface Case {
	body?: Buffer;
	header?: unknown;
	/** The name of the header, in lower case as Node.js provides it. */
	name?: string;
	secret?: string;
	/** In seconds. */
	tolerance?: number;
	/** How long after signing it is checked, in seconds. */
	age?: number;
}

/**
 * Checks the example.
 *
 * @param changes what differs from it
 * @returns whether the secret signed it, or what is wrong with the header
 */
const check = (changes: Case = {}): boolean | string => {
	const { body, header, name, secret, tolerance, age } = {
		...{ body: BODY, header: HEADER, name: 'sync-signature' },
		...{ secret: 'whsec_test', tolerance: 300, age: 0 },
		...changes,
	};
	const headers = { [name]: header as string | undefined };
	const signature = readSignature(headers, tolerance, (SIGNED_AT + age) * 1000);
	return 'problem' in signature ? signature.problem : isSignedWith(secret, body, signature);
};

test('a signature from sync.so is valid', () => {
	expect(check()).toBe(true);
});

test('a signature in upper case is valid', () => {
	expect(check({ header: `t=${SIGNED_AT},v1=${SIGNATURE.toUpperCase()}` })).toBe(true);
});

test.each([
	['another body', { body: Buffer.from(`${BODY.toString()} `) }],
	['another secret', { secret: 'whsec_other' }],
	['the secret without its prefix', { secret: 'test' }],
	['another time', { header: `t=${SIGNED_AT + 1},v1=${SIGNATURE}` }],
	['another signature', { header: `t=${SIGNED_AT},v1=${'0'.repeat(64)}` }],
])('%s makes the signature invalid', (_what, changes) => {
	expect(check(changes)).toBe(false);
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
	[300, true],
	[301, OLD],
	[-300, true],
	[-301, OLD],
])('a call signed %s seconds ago, with a tolerance of 300: %s', (age, result) => {
	expect(check({ age })).toBe(result);
});

test('a tolerance of 0 accepts any age', () => {
	expect(check({ age: 1e8, tolerance: 0 })).toBe(true);
});

test('a header that is old needs no secret to be refused', () => {
	expect(check({ age: 301, secret: 'whsec_other' })).toBe(OLD);
});

describe('the header X-Signature-Primary', () => {
	const name = 'x-signature-primary';

	test('can have the same signature', () => {
		expect(check({ name })).toBe(true);
	});

	test.each([BARE_SIGNATURE, `sha256=${BARE_SIGNATURE}`])(
		'can have the signature of the body alone if any age is accepted: %s',
		(header) => {
			expect(check({ name, header, tolerance: 0 })).toBe(true);
			expect(check({ name, header: header.replace(/.$/, 'x'), tolerance: 0 })).toBe(NONE);
			expect(check({ name, header, tolerance: 0, secret: 'whsec_other' })).toBe(false);
			expect(check({ name, header })).toBe(
				"The signature has no time, so 'Signature Tolerance (Seconds)' must be 0",
			);
		},
	);
});
