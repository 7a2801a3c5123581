import { createHmac } from 'node:crypto';
import type { IHttpRequestOptions, IWebhookFunctions } from 'n8n-workflow';
import { resume } from '../../nodes/SyncGeneration/waiting/resume.ts';
import type { Reply } from './answers.mts';
import { asResponse, REPLIES } from './answers.mts';
import { NODE } from './fakeContext.mts';
import { COMPLETED, FAILED, PENDING, PROCESSING } from './generations.mts';

const { id: ID } = COMPLETED;
const SECRET = 'whsec_test';
const SECRET_PATH = '/v2/organizations/webhook/secret';

/** What the API tells in its call: less than it does when asked. */
const TOLD = { ...COMPLETED, outputFileName: undefined, errorCode: undefined };

interface Case {
	/** What the caller sends. */
	body?: object;
	/** With which it is signed. */
	secret?: string;
	/** How long ago it was signed, in seconds. */
	age?: number;
	/** What the API says of the generation. */
	state?: Reply;
	/** What the API says when it is asked for the secret; without it, the credential has one. */
	secretReply?: Reply;
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
	secretReply,
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
		getHeaderData: () => ({ 'sync-signature': `t=${time},v1=${mac}` }),
		getRequestObject: () => ({ rawBody }),
		getCredentials: () => Promise.resolve({ webhookSecret: secretReply ? '' : SECRET }),
		getResponseObject: () => ({
			status: (status: number) => ({
				json: (sent: unknown) => answered.push({ status, body: sent }),
			}),
		}),
		helpers: {
			httpRequestWithAuthentication: (_credential: string, { url }: IHttpRequestOptions) => {
				asked.push(url);
				return Promise.resolve(asResponse((url === SECRET_PATH && secretReply) || state));
			},
		},
	} as unknown as IWebhookFunctions;
	return { result: await resume.call(context), answered, asked };
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

describe('the execution stays suspended', () => {
	const OTHER = 'This execution waits for another generation';

	test.each<[string, Case, number, string]>([
		[
			'a forged call',
			{ secret: 'whsec_other' },
			401,
			'The Sync-Signature does not fit the call and the Webhook Signing Secret',
		],
		['an old call', { age: 301 }, 401, 'The call is too old'],
		['a call about another generation', { body: { ...TOLD, id: 'another' } }, 401, OTHER],
		['a call about a batch', { body: { id: ID, metrics: {} } }, 401, OTHER],
		['an empty call', { body: {} }, 401, OTHER],
		[
			'a call that can’t be checked because there is no secret',
			{ secretReply: REPLIES.internalError },
			503,
			'The signature can’t be checked at the moment',
		],
		['a node whose fields can’t be read', { broken: true }, 500, 'The call can’t be checked'],
	])('after %s', async (_what, given, status, message) => {
		const { result, answered, asked } = await call(given);
		expect(result).toEqual({ noWebhookResponse: true });
		expect(answered).toEqual([{ status, body: { message } }]);
		expect(asked.filter((path) => path !== SECRET_PATH)).toEqual([]);
	});

	test('after news of a generation that goes on, for which the caller is thanked', async () => {
		const { result, answered } = await call({
			body: PENDING,
			state: { status: 200, body: PENDING },
		});
		expect([result, answered]).toEqual([{}, []]);
	});
});

test('the secret is asked from the API where the credential has none', async () => {
	const secretReply = { status: 200, body: { secret: SECRET } };
	const { result, asked } = await call({ secretReply });
	expect(result.workflowData).toHaveLength(1);
	expect(asked[0]).toBe(SECRET_PATH);
});

test('Signature Tolerance says how old a call may be', async () => {
	const { result } = await call({ age: 3000, fields: { options: { signatureTolerance: 3600 } } });
	expect(result.workflowData).toHaveLength(1);
});
