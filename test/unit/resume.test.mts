import { createHmac, randomUUID } from 'node:crypto';
import type { IHttpRequestOptions, IWebhookFunctions } from 'n8n-workflow';
import { resumeOnWebhook } from '../../nodes/SyncGeneration/waiting/resumeOnWebhook.ts';
import type { Reply } from './answers.mts';
import { asResponse, REPLIES } from './answers.mts';
import { NODE } from './fakeContext.mts';
import { COMPLETED, FAILED, PENDING, PROCESSING } from './generations.mts';

const { id: ID } = COMPLETED;
const SECRET = 'whsec_test';
const SECRET_PATH = '/v2/organizations/webhook/secret';

/** What the API tells in its call: less than it does when asked. */
const TOLD = { ...COMPLETED, outputFileName: undefined, errorCode: undefined };

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

interface Case {
	/** What the caller sends. */
	body?: object;
	/** With which it is signed. */
	secret?: string;
	/** How long ago it was signed, in seconds. */
	age?: number;
	/** What the API says of the generation. */
	state?: Reply;
	/** The secret in the credential. */
	ownSecret?: string;
	/** What the API says when it is asked for its secret. */
	secretReply?: Reply;
	/** Whether the call has a signature. */
	isSigned?: boolean;
	/** The fields of the node, or what reading one throws. */
	fields?: Record<string, unknown>;
	broken?: boolean;
}

/** Calls the webhook; gives what n8n gets, what the caller gets, and what was asked of the API. */
async function call({
	body = TOLD,
	secret = SECRET,
	age = 0,
	state = { status: 200, body: COMPLETED },
	ownSecret = SECRET,
	secretReply = REPLIES.internalError,
	isSigned = true,
	fields = {},
	broken = false,
}: Case = {}) {
	const rawBody = Buffer.from(JSON.stringify(body));
	const time = Math.floor(Date.now() / 1000) - age;
	const mac = createHmac('sha256', secret).update(`${time}.`).update(rawBody).digest('hex');
	const asked: string[] = [];
	const answered: Array<{ status: number; body: unknown }> = [];
	const all: Record<string, unknown> = {
		generationId: { __rl: true, mode: 'id', value: ID },
		options: { maxRetries: 0 },
		...fields,
	};
	const context = {
		getNode: () => NODE,
		getNodeParameter: (name: string, otherwise: unknown) => {
			if (broken) throw new Error('The expression could not be evaluated');
			return all[name] ?? otherwise;
		},
		getBodyData: () => body,
		getHeaderData: () => (isSigned ? { 'sync-signature': `t=${time},v1=${mac}` } : {}),
		getRequestObject: () => ({ rawBody }),
		// Another account each time: the secret of one is remembered.
		getCredentials: () => Promise.resolve({ apiKey: randomUUID(), webhookSecret: ownSecret }),
		getResponseObject: () => ({
			status: (status: number) => ({
				json: (sent: unknown) => answered.push({ status, body: sent }),
			}),
		}),
		helpers: {
			httpRequestWithAuthentication: (_credential: string, { url }: IHttpRequestOptions) => {
				asked.push(url);
				return Promise.resolve(asResponse(url === SECRET_PATH ? secretReply : state));
			},
		},
	} as unknown as IWebhookFunctions;
	const resumed = resumeOnWebhook.call(context);
	await jest.runAllTimersAsync();
	return { result: await resumed, answered, asked };
}

test('a good call lets the execution go on with what the API says', async () => {
	const { result, answered, asked } = await call();
	expect(result).toEqual({ workflowData: [[{ json: COMPLETED, pairedItem: { item: 0 } }]] });
	expect(answered).toEqual([]);
	expect(asked).toEqual([`/v2/generate/${ID}`]);
});

test.each([
	['the API can’t be asked', REPLIES.internalError],
	['the API does not know of its end yet', { status: 200, body: PROCESSING }],
	['the answer is no generation', { status: 200, body: 'Welcome' }],
])('it goes on with what the call tells when %s', async (_what, state) => {
	const { result } = await call({ state });
	const item = { ...COMPLETED, outputFileName: null };
	expect(result.workflowData).toEqual([[{ json: item, pairedItem: { item: 0 } }]]);
});

test('the output is simpler with Simplify', async () => {
	const { result } = await call({ fields: { simplify: true } });
	const json = result.workflowData?.[0][0].json ?? {};
	expect(COMPLETED).toMatchObject(json);
	expect(Object.keys(json)).toHaveLength(10);
});

describe('a generation that failed', () => {
	const failed = { body: FAILED, state: { status: 200, body: FAILED } };

	test('gives the error item', async () => {
		const { result } = await call(failed);
		const error = {
			message: 'sync.so could not make the video: No face was found',
			errorCode: FAILED.errorCode,
			generationId: ID,
			status: 'FAILED',
		};
		const [[item]] = result.workflowData ?? [];
		expect(item).toMatchObject({ json: { error }, pairedItem: { item: 0 } });
		expect(Object.keys(item.json)).toEqual(['error']);
	});

	test('gives its item, if that is wanted', async () => {
		const { result } = await call({ ...failed, fields: { ifFailed: 'returnItem' } });
		expect(result.workflowData).toMatchObject([[{ json: FAILED }]]);
	});
});

/** Calls whose signature proves nothing. */
const UNPROVEN: Array<[string, Case, string]> = [
	[
		'is signed with another secret',
		{ secret: 'whsec_other' },
		'The Sync-Signature does not match the call and the Webhook Signing Secret',
	],
	['is old', { age: 301 }, 'The call is too old'],
	['comes from a clock that is ahead', { age: -301 }, 'The call is too old'],
	['has no signature', { isSigned: false }, 'The call has no Sync-Signature'],
	['there is no secret for', { ownSecret: '' }, 'There is no secret to check the signature with'],
];

describe.each(UNPROVEN)('a call that %s', (_what, given, problem) => {
	test('resumes the execution if the API says that the generation has ended', async () => {
		const { result, answered } = await call(given);
		expect(result).toEqual({ workflowData: [[{ json: COMPLETED, pairedItem: { item: 0 } }]] });
		expect(answered).toEqual([]);
	});

	test('is refused with 401 if the API says that it has not', async () => {
		const { result, answered } = await call({
			...given,
			state: { status: 200, body: PROCESSING },
		});
		expect(result).toEqual({ noWebhookResponse: true });
		expect(answered).toEqual([{ status: 401, body: { message: problem } }]);
	});

	test.each([
		['can not be reached', REPLIES.unavailable],
		['answers with something else', { status: 200, body: 'Welcome' }],
	])('is refused with 503 if the API %s', async (_how, state) => {
		const { result, answered } = await call({ ...given, state });
		expect(result).toEqual({ noWebhookResponse: true });
		expect(answered).toEqual([
			{
				status: 503,
				body: { message: `${problem}, and the Sync API can't be asked at the moment` },
			},
		]);
	});
});

describe('the execution stays suspended', () => {
	const OTHER = 'This execution waits for another generation';

	test.each<[string, Case, number, string]>([
		['a call about another generation', { body: { ...TOLD, id: 'another' } }, 401, OTHER],
		['a call about a batch', { body: { id: ID, metrics: {} } }, 401, OTHER],
		['an empty call', { body: {} }, 401, OTHER],
		['a node whose fields can’t be read', { broken: true }, 500, "The call can't be checked"],
	])('after %s', async (_what, given, status, message) => {
		const { result, answered, asked } = await call(given);
		expect(result).toEqual({ noWebhookResponse: true });
		expect(answered).toEqual([{ status, body: { message } }]);
		expect(asked).toEqual([]);
	});

	test('after news of a generation that goes on, for which the caller is thanked', async () => {
		const { result, answered } = await call({
			body: PENDING,
			state: { status: 200, body: PENDING },
		});
		expect([result, answered]).toEqual([{}, []]);
	});
});

test.each([
	['has none', ''],
	['has an old one', 'whsec_old'],
])('the secret comes from the API if the credential %s', async (_what, ownSecret) => {
	const secretReply = { status: 200, body: { secret: SECRET } };
	// What the API says about the generation does not matter then.
	const { result, asked } = await call({ ownSecret, secretReply, state: REPLIES.unavailable });
	expect(result.workflowData).toHaveLength(1);
	expect(asked[0]).toBe(SECRET_PATH);
});

test('Signature Tolerance says how old a call may be', async () => {
	const { result } = await call({ age: 3000, fields: { options: { signatureTolerance: 3600 } } });
	expect(result.workflowData).toHaveLength(1);
});
