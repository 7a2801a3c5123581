import fc from 'fast-check';

import { readContract } from '../../sandbox/core/contract.mts';
import { anyJson, anyText } from '../unit/arbitraries.mts';
import { SPEAKER } from '../unit/assets.mts';
import { COMPLETED } from '../unit/generations.mts';
import { OPERATIONS } from '../workflow/allOperations.mts';
import { CREDENTIAL } from '../workflow/engine.mts';
import { FakeApi, type FakeResponse, useFakeApi } from '../workflow/fakeApi.mts';
import { runOperation } from '../workflow/runOperation.mts';
import { checkRun } from './checkRun.mts';
import { testWithCases } from './cases.mts';

const server = useFakeApi();
const elsewhere = new FakeApi();
beforeAll(async () => await elsewhere.start());
afterAll(async () => await elsewhere.stop());

const PREFIX = '/gateway/sync';
/** More requests than any operation needs for its two items. */
const MAX_REQUESTS = 200;
const HERE = '{here}';
const ELSEWHERE = '{elsewhere}';

const { examples } = readContract();
const EXAMPLES = examples.filter(({ part }) => part !== 'body').map(({ value }) => value as object);
/** An object that has the fields of many kinds. */
const UNION = {
	...{ ...SPEAKER, ...COMPLETED, provider: 'elevenlabs', voiceId: 'v', count: 1, total: 1 },
	...{ uploadUrl: `${HERE}/files/1`, outputUrl: `${HERE}/files/1`, url: `${HERE}/files/1` },
	...{ metrics: { total_generations: 2 }, created_at: '2026-01-15', audioUrl: `${HERE}/files/1` },
	...{ words: [{ id: 'w1', text: 'a', start: 0, end: 1 }], cost: 1, estimate: 1, expiresIn: 60 },
};
const FIELDS = [
	...new Set([UNION, ...EXAMPLES].flatMap((example) => Object.keys(example))),
	'constructor',
];

const values = fc.oneof(
	anyJson,
	anyText,
	fc.constantFrom(`${HERE}/files/2`, `${ELSEWHERE}/files/3`, `${ELSEWHERE}/v2/assets`, 'http://'),
	fc.constantFrom('COMPLETED', 'FAILED', 'PENDING', 'REJECTED', '', null, -1, NaN, 1e300),
);

/** Valid objects with a few fields replaced. */
const objects = fc
	.tuple(
		fc.constantFrom<object>(UNION, UNION, ...EXAMPLES),
		fc.dictionary(fc.constantFrom(...FIELDS), values, { maxKeys: 4 }),
	)
	.map(([valid, changes]) => ({ ...valid, ...changes }));

const lists = fc.array(fc.oneof({ arbitrary: objects, weight: 3 }, anyJson), { maxLength: 3 });

const bodies: fc.Arbitrary<object | string> = fc.oneof(
	{ arbitrary: objects, weight: 3 },
	lists,
	fc.record({ items: fc.oneof(lists, anyJson), nextCursor: fc.oneof(anyText, anyJson) }),
	anyJson.map((value) => JSON.stringify(value)),
	fc.constantFrom('', 'null', '<html></html>', '{"id":"550e8400', '\u0000'),
	anyText,
);

const headers = fc.record(
	{
		'content-type': fc.constantFrom('application/json', 'text/html', 'video/mp4', 'x'),
		'retry-after': fc.constantFrom('0', '-1', 'soon', '3600', 'Wed, 21 Oct 2015 07:28:00 GMT'),
		'x-request-id': fc.constantFrom('req_1', ''),
		location: fc.constantFrom(`${ELSEWHERE}/v2/assets`, '/v2/assets', ':'),
	},
	{ requiredKeys: [] },
);

const responses = fc.record({
	status: fc.oneof(
		{ arbitrary: fc.constantFrom(200, 201), weight: 4 },
		{ arbitrary: fc.constantFrom(202, 204, 301, 400, 401, 402, 403, 404, 409, 422), weight: 1 },
		{ arbitrary: fc.constantFrom(429, 500, 503, 599), weight: 1 },
	),
	body: bodies,
	headers,
});

const cases = fc.record({
	operation: fc.constantFrom(...OPERATIONS),
	answers: fc.array(responses, { minLength: 1, maxLength: 4 }),
});

/** Writes the addresses of the servers into a response. */
const resolve = (response: FakeResponse): FakeResponse =>
	JSON.parse(
		JSON.stringify(response).replaceAll(HERE, server.api.url).replaceAll(ELSEWHERE, elsewhere.url),
	) as FakeResponse;

testWithCases(
	'any responses become items or clear errors, and the key goes only to the base URL',
	'responses',
	cases,
	async ({ operation: { operation, settings, items }, answers }) => {
		const { api } = server;
		api.sent.length = 0;
		elsewhere.sent.length = 0;
		elsewhere.respond = () => ({ status: 200, body: 'film' });
		api.respond = ({ url }) => {
			if (url.startsWith('/files/')) return { status: 200, body: 'film' };
			const count = api.sent.length;
			// An answer that repeats forever must not keep the node busy forever.
			return count > MAX_REQUESTS ? 'reset' : resolve(answers[(count - 1) % answers.length]);
		};
		const credential = { ...api.credential, baseUrl: `${api.url}${PREFIX}` };
		const hurried = { ...settings, options: { ...settings.options, timeout: 2 } };
		const result = await runOperation({ credential }, hurried, items);
		checkRun(operation, result);
		expect(api.sent.length).toBeLessThanOrEqual(MAX_REQUESTS);
		for (const { url, headers: sent } of api.sent) {
			expect(url).toMatch(/^\/(gateway\/sync\/v2|files)\//);
			expect(sent['x-api-key']).toBe(url.startsWith('/files/') ? undefined : CREDENTIAL.apiKey);
		}
		expect(JSON.stringify(elsewhere.sent)).not.toContain(CREDENTIAL.apiKey);
	},
);
