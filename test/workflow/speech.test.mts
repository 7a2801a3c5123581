import { byId } from '../../n8n/syncNodes.mts';
import { RESPONSES } from '../unit/responses.mts';
import { readContent, useBinaryMode } from './binaryData.mts';
import { CREDENTIAL, startWorkflow } from './engine.mts';
import {
	FakeApi,
	type FakeResponse,
	readIdempotencyKey,
	type Responder,
	type SentRequest,
	useFakeApi,
} from './fakeApi.mts';
import { runOperation } from './runOperation.mts';
import type { NodeSettings } from './syncNode.mts';
import { buildNodeWorkflow, inputs, manyInputs, TRY_TWICE } from './workflows.mts';

const VOICE_ID = 'EXAVITQu4vr4xnSDxMaL';

const server = useFakeApi();
const RETRY_NOW = { 'retry-after': '0' };
const LONG = 'a'.repeat(1001);
const DIRECT = 'POST /v2/tts';
const JOBS = 'POST /v2/tts/jobs';
const POLL = 'GET /v2/tts/jobs/job-1';

const SPEECH = { id: 'speech-1', url: 'https://files.example.com/a.mp3', duration: 1.5 };
const jobResponse = (status: string, more: object = {}): FakeResponse => ({
	status: 200,
	body: { id: 'job-1', status, createdAt: '2026-01-15T10:30:00Z', ...more },
	headers: RETRY_NOW,
});
const FINISHED = jobResponse('SUCCESS', { url: SPEECH.url, duration: 1.5 });
const NOT_AVAILABLE: FakeResponse = {
	status: 503,
	body: { statusCode: 503, message: 'Speech jobs are not available' },
};

const buildSettings = (settings: NodeSettings = {}): NodeSettings => ({
	resource: 'speech',
	operation: 'create',
	script: 'Hello.',
	voiceId: byId(VOICE_ID),
	...settings,
});

/** Answers direct requests with a speech, and others with the given responses in turn, the last one from then on. */
function respondWithJobs(...jobs: FakeResponse[]) {
	let count = 0;
	return ({ url }: SentRequest): FakeResponse =>
		url === '/v2/tts' ? { status: 200, body: SPEECH } : jobs[Math.min(count++, jobs.length - 1)];
}

async function speak(settings: NodeSettings = {}, ...jobs: FakeResponse[]) {
	server.api.respond = respondWithJobs(...jobs);
	return await runOperation(server.api, buildSettings(settings));
}

describe('a direct speech', () => {
	test('has every documented field', async () => {
		const { results } = await speak();
		const none = { status: null, createdAt: null, startedAt: null, finishedAt: null, error: null };
		expect(results).toEqual([{ ...SPEECH, ...none }]);
		expect(server.api.sent[0].body).toEqual({
			script: 'Hello.',
			voiceId: VOICE_ID,
			provider: 'elevenlabs',
		});
	});

	test('sends the voice settings, even if they are 0', async () => {
		await speak({ voiceSettings: { stability: 0, similarityBoost: 1 } });
		expect(server.api.sent[0].body).toMatchObject({ stability: 0, similarityBoost: 1 });
	});

	test.each([
		['a script of 1,000 characters', {}, 'a'.repeat(1000)],
		['a long script with Mode: Direct', { mode: 'direct' }, LONG],
	])('is used for %s', async (_what, options, script) => {
		await speak({ script, options });
		expect(server.api.requestLines).toEqual([DIRECT]);
	});

	test.each<[string, FakeResponse]>([
		['502', RESPONSES.badGateway],
		['503', NOT_AVAILABLE],
		['a broken connection', 'reset'],
	])('is not retried after %s, because it may have been created', async (_what, response) => {
		server.api.respond = () => response;
		const { errors } = await runOperation(
			server.api,
			buildSettings({ options: { maxRetries: 3 } }),
		);
		expect(server.api.requestLines).toEqual([DIRECT]);
		expect(errors).toHaveLength(1);
	});

	test.each<[string, NodeSettings, string]>([
		['no script', { script: ' ' }, "'Script' is empty"],
		['a script that is not text', { script: '={{ 7 }}' }, "'Script' has to be text, not 7"],
		['an empty voice ID', { voiceId: byId('={{ "" }}') }, 'The voice ID is empty'],
		[
			'a script that is too long',
			{ script: 'a'.repeat(5001) },
			'The script has 5001 characters, but sync.so accepts up to 5000',
		],
		[
			'a value out of range',
			{ voiceSettings: { stability: 2 } },
			"'Stability' has to be a number from 0 to 1, not 2",
		],
	])('is not requested with %s', async (_what, settings, message) => {
		const { errors } = await speak(settings);
		expect(errors).toMatchObject([{ message, statusCode: 0 }]);
		expect(server.api.sent).toEqual([]);
	});
});

describe('a speech job', () => {
	test('is used for a long script and polled until it is finished', async () => {
		const { results } = await speak(
			{ script: LONG },
			jobResponse('PENDING'),
			jobResponse('PROCESSING'),
			FINISHED,
		);
		expect(server.api.requestLines).toEqual([JOBS, POLL, POLL]);
		expect(results).toMatchObject([{ id: 'job-1', url: SPEECH.url, duration: 1.5, error: null }]);
	});

	test('can be used for a short script', async () => {
		await speak({ options: { mode: 'job' } }, jobResponse('PENDING'), FINISHED);
		expect(server.api.requestLines).toEqual([JOBS, POLL]);
	});

	test.each<[string, FakeResponse]>([
		['502', { ...RESPONSES.badGateway, headers: RETRY_NOW }],
		['a 503 from a gateway', { ...RESPONSES.unavailable, headers: RETRY_NOW }],
		[
			'a 503 from the voice provider',
			{
				status: 503,
				body: { message: 'Busy', errorCode: 'elevenlabs_service_unavailable' },
				headers: RETRY_NOW,
			},
		],
		[
			"a gateway's 503 in JSON",
			{ status: 503, body: { message: 'Service Unavailable' }, headers: RETRY_NOW },
		],
	])('is retried with the same key after %s', async (_what, fault) => {
		const options = { maxRetries: 1 };
		const { results } = await speak(
			{ script: LONG, options },
			fault,
			jobResponse('PENDING'),
			FINISHED,
		);
		const keys = server.api.sent.map(readIdempotencyKey);
		expect(server.api.requestLines).toEqual([JOBS, JOBS, POLL]);
		expect(keys[0]).toMatch(/^[\w.~-]{1,128}$/);
		expect(keys[1]).toBe(keys[0]);
		expect(results).toHaveLength(1);
	});

	test('has its own key for each item', async () => {
		server.api.respond = respondWithJobs(FINISHED);
		await runOperation(server.api, buildSettings({ script: LONG }), inputs({}, {}));
		const keys = server.api.sent.map(readIdempotencyKey);
		expect(new Set(keys).size).toBe(2);
	});

	test('keeps polling after temporary errors', async () => {
		const faults = [
			{ ...RESPONSES.badGateway, headers: RETRY_NOW },
			{ ...RESPONSES.internalError, headers: RETRY_NOW },
		];
		const { results } = await speak({ script: LONG }, jobResponse('PENDING'), ...faults, FINISHED);
		expect(results).toHaveLength(1);
	});

	test('that fails is an error with the reason and the job ID', async () => {
		const error = { message: 'No credits', errorCode: 'elevenlabs_quota_exceeded' };
		const { errors } = await speak(
			{ script: LONG },
			jobResponse('PENDING'),
			jobResponse('FAILED', { error }),
		);
		expect(errors).toMatchObject([
			{
				message: 'sync.so could not create the speech: No credits',
				errorCode: 'elevenlabs_quota_exceeded',
				jobId: 'job-1',
			},
		]);
	});

	test('that no longer exists is an error', async () => {
		const gone = { status: 404, body: { statusCode: 404, message: 'Job not found' } };
		const { errors } = await speak({ script: LONG }, jobResponse('PENDING'), gone);
		expect(errors).toMatchObject([{ message: 'Job not found', jobId: 'job-1' }]);
		expect(server.api.requestLines).toEqual([JOBS, POLL]);
	});

	test('that does not finish in time is an error with the job ID', async () => {
		const options = { timeLimit: 0.002 };
		const { errors } = await speak({ script: LONG, options }, jobResponse('PENDING'));
		expect(errors).toMatchObject([
			{
				message: 'The speech did not finish within 0.002 minutes (status: PENDING)',
				jobId: 'job-1',
			},
		]);
	});

	test('is not polled after Stop', async () => {
		const { api } = server;
		api.respond = respondWithJobs(jobResponse('PENDING', {}));
		const settings = buildSettings({ script: LONG });
		const execution = startWorkflow(buildNodeWorkflow(settings), inputs({}), api.credential);
		await api.waitForRequests(2);
		execution.cancel();
		expect((await execution).status).toBe('canceled');
	});
});

describe('an account without speech jobs', () => {
	const responses: Array<[string, FakeResponse]> = [
		['503', NOT_AVAILABLE],
		['403', { status: 403, body: { statusCode: 403, message: 'Forbidden' } }],
		['404', RESPONSES.wrongAddress],
	];

	test.each(responses)('gets a direct speech after %s', async (_what, unavailable) => {
		const { results } = await speak({ script: LONG, options: { maxRetries: 3 } }, unavailable);
		expect(server.api.requestLines).toEqual([JOBS, DIRECT]);
		expect(results).toMatchObject([SPEECH]);
	});

	test('is not assumed after an attempt that may have created a job', async () => {
		const settings = { script: LONG, options: { maxRetries: 1 } };
		const { errors } = await speak(
			settings,
			{ ...RESPONSES.badGateway, headers: RETRY_NOW },
			NOT_AVAILABLE,
		);
		expect(server.api.requestLines).toEqual([JOBS, JOBS]);
		expect(errors).toMatchObject([{ message: 'Speech jobs are not available' }]);
	});

	test('is asked for jobs once per run', async () => {
		server.api.respond = respondWithJobs(NOT_AVAILABLE);
		const items = inputs({}, {}, {});
		const { results } = await runOperation(server.api, buildSettings({ script: LONG }), items);
		expect(results).toHaveLength(3);
		expect(server.api.requestLines).toEqual([JOBS, DIRECT, DIRECT, DIRECT]);
	});

	test('gets no direct speech with Mode: Job', async () => {
		const settings = { options: { mode: 'job', maxRetries: 0 } };
		const { errors } = await speak(settings, NOT_AVAILABLE);
		expect(server.api.requestLines).toEqual([JOBS]);
		expect(errors).toMatchObject([{ message: 'Speech jobs are not available' }]);
	});
});

describe('when n8n retries the node', () => {
	/** Runs a node that n8n retries once. */
	async function runTwice(respond: Responder, script: string, count = 1) {
		const { api } = server;
		api.respond = respond;
		const items = manyInputs(count, (index) => ({ index }));
		const { out, error } = await runOperation(
			api,
			buildSettings({ script }),
			items,
			'stopWorkflow',
			TRY_TWICE,
		);
		const posts = api.sent.filter(({ method }) => method === 'POST');
		return { posts, keys: posts.map(readIdempotencyKey), out, message: error?.message };
	}

	test('a job has the same key, so that it is created once', async () => {
		const { keys } = await runTwice(respondWithJobs('reset', FINISHED), LONG);
		expect(keys[0]).toBeDefined();
		expect(keys[1]).toBe(keys[0]);
	});

	test('a failed job is not created again, because that may cost money again', async () => {
		const { keys, message } = await runTwice(
			respondWithJobs(jobResponse('FAILED'), FINISHED),
			LONG,
		);
		expect(keys).toHaveLength(1);
		expect(message).toBe(`sync.so could not create the speech (voice ${VOICE_ID})`);
	});

	test('no direct speech is created if a job may exist', async () => {
		const { posts } = await runTwice(respondWithJobs('reset', NOT_AVAILABLE), LONG);
		expect(posts.map(({ url }) => url)).toEqual(['/v2/tts/jobs', '/v2/tts/jobs']);
	});

	test('a direct speech that may exist is not created again', async () => {
		const { posts, message } = await runTwice(() => 'reset', 'Hello.');
		expect(posts).toHaveLength(1);
		expect(message).toBe(
			`The speech may have been created by an earlier attempt, so it was not created again (voice ${VOICE_ID})`,
		);
	});

	test('no job follows a direct speech that may exist', async () => {
		const { posts, message } = await runTwice(
			({ url }) => (url === '/v2/tts/jobs' ? NOT_AVAILABLE : 'reset'),
			LONG,
		);
		expect(posts.map(({ url }) => url)).toEqual(['/v2/tts/jobs', '/v2/tts']);
		expect(message).toMatch(/^The speech may have been created by an earlier attempt/);
	});

	test('a rejected speech is requested again', async () => {
		const rejected = { status: 402, body: { statusCode: 402, message: 'Pay first' } };
		const { posts, out } = await runTwice(
			() => (server.api.sent.length === 1 ? rejected : { status: 200, body: SPEECH }),
			'Hello.',
		);
		expect([posts.length, out.length]).toEqual([2, 1]);
	});

	test('speeches that exist are kept', async () => {
		const rejected = { status: 402, body: { statusCode: 402, message: 'Pay first' } };
		const { posts, out } = await runTwice(
			({ body }) =>
				(body as { script: string }).script === 'Hello 1.' && server.api.sent.length < 4
					? rejected
					: { status: 200, body: SPEECH },
			'=Hello {{ $json.index }}.',
			3,
		);
		const scripts = posts.map(({ body }) => (body as { script: string }).script);
		expect(scripts.sort()).toEqual(['Hello 0.', 'Hello 1.', 'Hello 1.', 'Hello 2.']);
		expect(out).toHaveLength(3);
	});
});

describe('Download Output', () => {
	useBinaryMode('filesystem');
	const storage = new FakeApi();
	beforeAll(async () => await storage.start());
	afterAll(async () => await storage.stop());

	const download = async (response: FakeResponse) => {
		storage.respond = () => response;
		const speech = { ...SPEECH, url: `${storage.url}/takes/a.mp3?sig=1` };
		server.api.respond = () => ({ status: 200, body: speech });
		const settings = buildSettings({ downloadOutput: true, binaryPropertyName: 'voice' });
		return await runOperation(server.api, settings);
	};

	test('puts the file into the field without sending the key to the storage', async () => {
		const { out } = await download({ status: 200, body: 'sound' });
		const file = out[0].binary?.voice;
		expect(file).toMatchObject({ fileName: 'speech-speech-1.mp3', mimeType: 'audio/mpeg' });
		expect(String(file && (await readContent(file)))).toBe('sound');
		expect(JSON.stringify(storage.sent)).not.toContain(CREDENTIAL.apiKey);
	});

	test('outputs the URL of the speech, which is paid for, if the download fails', async () => {
		const { errors } = await download({ status: 404, body: '' });
		expect(errors).toMatchObject([
			{ statusCode: 404, url: expect.stringMatching(/takes\/a\.mp3/) as unknown },
		]);
	});
});
