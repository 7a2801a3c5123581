import { CREDENTIAL } from './harness.mts';
import { REPLIES } from '../unit/answers.mts';
import { COMPLETED, FAILED, PROCESSING } from '../unit/generations.mts';
import type { Answer } from './api.mts';
import { useApi } from './api.mts';
import { runWorkflow } from './harness.mts';
import { byId, inputs, runOperation } from './operations.mts';
import type { NodeSettings, OnError } from './workflows.mts';
import { GET, nodeWorkflow } from './workflows.mts';

const server = useApi();
const { id: ID } = COMPLETED;
const LOOK = `GET /v2/generate/${ID}?wait=true&timeout=10`;
const SECRET = '/v2/organizations/webhook/secret';
const SETTINGS = {
	resource: 'generation',
	operation: 'waitForWebhook',
	generationId: byId('={{ $json.id }}'),
};

/** Runs the operation for a generation in this state, with the secret in the credential unless another answer is given. */
async function run(
	state: object,
	{
		settings = {},
		secret,
		items = inputs({ id: ID }),
		onError,
	}: {
		settings?: NodeSettings;
		secret?: Answer;
		items?: ReturnType<typeof inputs>;
		onError?: OnError;
	} = {},
) {
	const { api } = server;
	api.answer = ({ url }) => (url === SECRET && secret) || { status: 200, body: state };
	const credential = { ...api.credential, webhookSecret: secret ? ' ' : CREDENTIAL.webhookSecret };
	const json = nodeWorkflow({ ...SETTINGS, ...settings }, onError);
	const result = await runWorkflow(json, items, credential);
	return {
		run: result.run,
		out: result.items(GET),
		errors: result.items(GET, 1).map(({ json: { error } }) => error),
	};
}

test('an execution is suspended until the time runs out, after one look', async () => {
	const before = Date.now();
	const { run: ended } = await run(PROCESSING, { settings: { options: { timeLimit: 90 } } });
	expect(ended.status).toBe('waiting');
	const minutes = (Number(ended.waitTill) - before) / 60_000;
	expect(Math.round(minutes)).toBe(90);
	expect(server.api.lines).toEqual([LOOK]);
});

test.each<OnError>(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'])(
	'what it goes on with when the time runs out is its input; On Error: %s',
	async (onError) => {
		const { run: ended } = await run(PROCESSING, { onError });
		const [{ data }] = ended.data.executionData?.nodeExecutionStack ?? [];
		expect(data.main).toMatchObject([[{ json: { id: ID } }]]);
	},
);

test('one that has ended is not waited for', async () => {
	const { run: ended, out } = await run(COMPLETED);
	expect(ended.status).toBe('success');
	expect(out).toMatchObject([{ json: COMPLETED, pairedItem: { item: 0 } }]);
});

test('one that has failed is an error with its ID and status', async () => {
	const { errors } = await run(FAILED);
	expect(errors).toMatchObject([
		{ message: expect.stringContaining('No face') as string, generationId: ID, status: 'FAILED' },
	]);
});

test('one that has failed is an item, if that is wanted; simplified too', async () => {
	const { out } = await run(FAILED, { settings: { ifFailed: 'returnItem', simplify: true } });
	expect(FAILED).toMatchObject(out[0].json);
	expect(Object.keys(out[0].json)).toHaveLength(10);
});

describe('the secret', () => {
	test('is asked from the API where the credential has none, before the look', async () => {
		const secret = { status: 200, body: { secret: 'whsec_1' } };
		const { run: ended } = await run(PROCESSING, { secret });
		expect(ended.status).toBe('waiting');
		expect(server.api.lines).toEqual([`GET ${SECRET}`, LOOK]);
	});

	test.each<[string, Answer, string]>([
		['none', { status: 200, body: { secret: '' } }, 'the account has none'],
		['a refusal', REPLIES.forbidden, 'You do not have access to this asset'],
	])('that is not there (%s) is an error, and nothing is suspended', async (_what, secret, why) => {
		const { run: ended, errors } = await run(PROCESSING, { secret });
		expect(ended.status).toBe('success');
		expect(errors).toMatchObject([
			{
				message: `There is no Webhook Signing Secret to check calls with: ${why}`,
				generationId: ID,
			},
		]);
	});

	test('that is not there does not matter for one that has ended', async () => {
		const { out } = await run(COMPLETED, { secret: REPLIES.forbidden });
		expect(out).toMatchObject([{ json: COMPLETED }]);
	});
});

test('more than one item is an error for each, which names the other ways', async () => {
	const { errors } = await run(PROCESSING, { items: inputs({ id: ID }, { id: ID }) });
	const error = {
		message: 'Wait for Webhook takes one item, but 2 came: an execution waits for one generation',
		hint: expect.stringContaining('Get with Wait Until Finished') as string,
	};
	expect(errors).toMatchObject([error, error]);
	expect(server.api.lines).toEqual([]);
});

test('where errors stop the workflow, it stops', async () => {
	server.api.answer = () => REPLIES.keyInvalid;
	const settings = { ...SETTINGS, generationId: byId(ID) };
	const { run: ended } = await runOperation(server.api, settings, inputs({}), 'stopWorkflow');
	expect(ended.status).toBe('error');
});
