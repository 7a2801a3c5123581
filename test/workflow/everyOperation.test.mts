import { useApi } from './api.mts';
import { OPERATIONS } from './everyOperation.mts';
import { FAULTS } from './faults.mts';
import { allOf, CREDENTIAL } from './harness.mts';
import { runOperation } from './operations.mts';

const server = useApi();
const KINDS = [
	'401 for a wrong key',
	'429 for the plan',
	'500 with a request ID',
	'502 as HTML',
	'a reset connection',
];

/** After these, it is not known whether the request was carried out. */
const UNCERTAIN = ['500 with a request ID', '502 as HTML', 'a reset connection'];
const COSTS_MONEY = ['batch create', 'generation create', 'speech create', 'voice clone'];

test('there are operations of both resources', () => {
	expect(OPERATIONS.map(({ resource, operation }) => `${resource} ${operation}`)).toEqual(
		expect.arrayContaining(['asset get', 'asset getByIds', 'project create', 'project addAsset']),
	);
});

describe.each(OPERATIONS)('$resource: $operation', ({ resource, operation, settings, items }) => {
	// A temporary fault suspends the execution all the same.
	const kinds =
		operation === 'waitForWebhook' ? KINDS.filter((kind) => kind.startsWith('40')) : KINDS;

	test.each(kinds)('%s is the one error shape on the error output, paired', async (kind) => {
		const { answer, error } = FAULTS[kind];
		server.api.answer = () => answer;
		const { run, out, failed, errors, pairs } = await runOperation(server.api, settings, items);
		expect(server.api.sent.length).toBeGreaterThan(0);
		expect(out).toEqual([]);
		const isUncertain =
			UNCERTAIN.includes(kind) && COSTS_MONEY.includes(`${resource} ${operation}`);
		const expected = isUncertain
			? {
					...error,
					message: expect.stringMatching(`^${error.message}.* may have been created`) as unknown,
					hint: expect.stringMatching(/^(Check|Use Retry) /) as unknown,
				}
			: error;
		expect(errors).toEqual(items.map(() => expect.objectContaining(expected) as unknown));
		expect(pairs[1]).toEqual(items.map((_item, item) => ({ item })));
		expect(failed.map(({ json }) => json.label)).toEqual(items.map(({ json }) => json.label));
		expect(allOf(run)).not.toContain(CREDENTIAL.apiKey);
	});

	test('a wrong key stops the workflow where errors do, and the error does not hold it', async () => {
		const { answer, error } = FAULTS['401 for a wrong key'];
		server.api.answer = () => answer;
		const { run } = await runOperation(server.api, settings, items, 'stopWorkflow');
		expect(run.data.resultData.error).toMatchObject({
			message: error.message,
			context: { data: error },
		});
		expect(allOf(run)).not.toContain(CREDENTIAL.apiKey);
	});

	test('every request is signed with the key', async () => {
		server.api.answer = () => FAULTS['404 for the asset'].answer;
		await runOperation(server.api, settings, items);
		const keys = new Set(server.api.sent.map(({ headers }) => headers['x-api-key']));
		expect([...keys]).toEqual([CREDENTIAL.apiKey]);
	});
});
