import fc from 'fast-check';

import { anyText } from '../unit/arbitraries.mts';
import { useFakeApi } from '../workflow/fakeApi.mts';
import { ID_FIELDS, withIdFromItem } from '../workflow/idFields.mts';
import { runOperation } from '../workflow/runOperation.mts';
import { inputsForIds } from '../workflow/workflows.mts';
import { checkRun } from './checkRun.mts';
import { testWithCases } from './cases.mts';

const server = useFakeApi();
const PREFIX = '/gateway/sync';

/** Requests that an operation sends before the one with the ID. */
const OTHER_REQUESTS = [`GET ${PREFIX}/v2/voices`];

/** An ID field, and values that an expression in it could return. */
const cases = fc.constantFrom(...ID_FIELDS).chain(({ takesOne, ...field }) => {
	const values = fc.oneof(
		{ arbitrary: anyText, weight: 4 },
		{ arbitrary: fc.jsonValue({ maxDepth: 1 }), weight: 1 },
	);
	const maxLength = takesOne ? 1 : 5;
	return fc.record({
		field: fc.constant(field),
		ids: fc.array(values, { minLength: 1, maxLength }),
	});
});

testWithCases(
	'any ID is rejected and not sent, or sent below the path of the base URL',
	'ids',
	cases,
	async ({ field: { settings, field, resource, operation }, ids }) => {
		const { api } = server;
		api.sent.length = 0;
		api.respond = () => ({ status: 418, body: '' });
		const credential = { ...api.credential, baseUrl: `${api.url}${PREFIX}` };
		const result = await runOperation(
			{ credential },
			withIdFromItem(settings, field),
			inputsForIds(...ids),
		);
		checkRun(operation, result);
		const { errors } = result;
		expect(errors).toHaveLength(ids.length);
		const lines = api.requestLines.filter((line) => !OTHER_REQUESTS.includes(line));
		for (const line of lines) {
			expect(line).toMatch(/^[A-Z]+ \/gateway\/sync\/v2(\/[^/?#\\\s]+)+(\?[\w=&]+)?$/);
			expect(line).not.toMatch(/\/(\.|%2e){1,2}(\/|\?|$)/i);
		}
		const answered = errors.filter(({ statusCode }) => statusCode === 418);
		expect([lines.length === 0, resource, operation]).toEqual([
			answered.length === 0,
			resource,
			operation,
		]);
		expect(errors.filter(({ statusCode }) => ![0, 418].includes(statusCode))).toEqual([]);
	},
);
