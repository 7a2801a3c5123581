import type { IDataObject, INode } from 'n8n-workflow';

import { byId } from '../../n8n/syncNodes.mts';
import { uuid } from '../unit/assets.mts';
import { RESPONSES } from '../unit/responses.mts';
import { type FakeResponse, type SentRequest, useFakeApi } from './fakeApi.mts';
import { runOperation } from './runOperation.mts';
import type { NodeSettings } from './syncNode.mts';
import { manyInputs, type OnError, TRY_TWICE } from './workflows.mts';

const server = useFakeApi();
const AUDIO = 'https://files.example.com/voice.wav';
const WEBHOOK_URL = 'https://n8n.example.com/webhook/batch';

const BATCH = {
	id: 'batch_abc123',
	created_at: '2026-01-15T10:30:00Z',
	status: 'PENDING',
	metrics: { total_generations: 20, success_count: 0, failed_count: 0, pending_count: 20 },
	outputUrl: '',
};
const CREATED: FakeResponse = { status: 201, body: BATCH };

/** Builds this many items, each with its own video. */
const buildItems = (count: number, change: (index: number) => object = () => ({})) =>
	manyInputs(count, (index) => ({
		label: `item ${index}`,
		video: `https://files.example.com/${index}.mp4`,
		...change(index),
	}));

async function createBatch(
	items = buildItems(20),
	settings: NodeSettings = {},
	onError?: OnError,
	response: FakeResponse = CREATED,
	more: Partial<INode> = {},
) {
	server.api.respond = () => response;
	const row = { model: 'lipsync-2', visualUrl: '={{ $json.video }}', audioUrl: AUDIO };
	const parameters = { resource: 'batch', operation: 'create', ...row, ...settings };
	return await runOperation(server.api, parameters, items, onError, more);
}

/** The form that a request sent. */
const readForm = async ({ body, headers }: SentRequest) =>
	await new Response(body as string, {
		headers: { 'content-type': headers['content-type'] as string },
	}).formData();

/** The rows in the file of a form. */
async function readRows(form: FormData): Promise<unknown[]> {
	const lines = (await (form.get('input') as File).text()).trim().split('\n');
	return lines.map((line) => JSON.parse(line) as unknown);
}

const getSentBody = () => server.api.sent[0].body as IDataObject & { rows: IDataObject[] };

describe('a batch', () => {
	test('is created with one request that has a row for each item, in order', async () => {
		await createBatch();
		expect(server.api.requestLines).toEqual(['POST /v2/batch']);
		expect(getSentBody().rows).toEqual(
			buildItems(20).map(({ json }, index) => ({
				request_id: `row-${index}`,
				endpoint: '/v2/generate',
				payload: expect.objectContaining({
					model: 'lipsync-2',
					input: [
						{ type: 'video', url: json.video },
						{ type: 'audio', url: AUDIO },
					],
				}) as unknown,
			})),
		);
		expect(Object.keys(getSentBody())).toEqual(['rows']);
	});

	test('comes out as one item with every documented field, paired with all input items', async () => {
		const { results, pairs, failed } = await createBatch();
		expect(results).toEqual([{ ...BATCH, outputUrl: null, webhookUrl: null }]);
		expect(pairs[0]).toEqual([buildItems(20).map((_, item) => ({ item }))]);
		expect(failed).toEqual([]);
	});

	test.each([20, 500])('can have %i rows', async (count) => {
		await createBatch(buildItems(count));
		expect(getSentBody().rows).toHaveLength(count);
	});

	test('uses row IDs from the items', async () => {
		await createBatch(
			buildItems(20, (index) => ({ id: `take-${index}` })),
			{ rowId: '={{ $json.id }}' },
		);
		expect(getSentBody().rows[7].request_id).toBe('take-7');
	});

	test('sends the webhook URL', async () => {
		await createBatch(buildItems(20), { options: { webhookUrl: WEBHOOK_URL } });
		expect(getSentBody()).toMatchObject({ webhook_url: WEBHOOK_URL });
	});
});

describe('a dry run', () => {
	const VALID: FakeResponse = { status: 201, body: { status: 'VALIDATED' } };
	const DRY_RUN = { dryRun: true };

	test('sends the rows as a file, with the flag that is documented for files only', async () => {
		await createBatch(undefined, { ...DRY_RUN, options: { webhookUrl: WEBHOOK_URL } });
		expect(server.api.sent).toHaveLength(1);
		const form = await readForm(server.api.sent[0]);
		expect(form.get('dry_run')).toBe('true');
		expect(form.get('webhook_url')).toBe(WEBHOOK_URL);
		expect(await readRows(form)).toHaveLength(20);
	});

	test('comes out as validated', async () => {
		const { results } = await createBatch(undefined, DRY_RUN, undefined, VALID);
		expect(results).toMatchObject([{ id: null, status: 'VALIDATED' }]);
	});

	test('that created the batch is an error with its ID, also when n8n retries the node', async () => {
		const { error } = await createBatch(undefined, DRY_RUN, 'stopWorkflow', CREATED, TRY_TWICE);
		expect(error?.message).toBe(
			`sync.so created the batch ${BATCH.id} although 'Dry Run' is on (item 0)`,
		);
		expect(server.api.sent).toHaveLength(1);
	});
});

describe('sends nothing and reports an error for every item', () => {
	test.each<[string, ReturnType<typeof buildItems>, NodeSettings, string]>([
		['too few items', buildItems(19), {}, 'A batch needs at least 20 items, but this run has 19'],
		[
			'too many items',
			buildItems(501),
			{},
			'A batch can have up to 500 items, but this run has 501',
		],
		[
			'an invalid item',
			buildItems(20, (index) => (index === 7 ? { video: '' } : {})),
			{},
			"Item 7: 'Video or Image URL' is empty. No batch was created.",
		],
		[
			'a duplicate row ID',
			buildItems(20, (index) => ({ id: index === 9 ? 3 : index })),
			{ rowId: '={{ $json.id }}' },
			'Items 3 and 9 have the same row ID: 3. No batch was created.',
		],
		[
			'a webhook without HTTPS',
			buildItems(20),
			{ options: { webhookUrl: 'http://n8n.example.com/x' } },
			"'Webhook URL' doesn't start with https://",
		],
		[
			'more data than the API accepts',
			buildItems(500, (index) => ({
				video: `https://files.example.com/${'x'.repeat(11_000)}${index}`,
			})),
			{},
			'The rows are 5.7 MB, but a batch can have 5.3 MB',
		],
	])('for %s', async (_what, items, settings, message) => {
		const { out, errors } = await createBatch(items, settings);
		expect(server.api.sent).toEqual([]);
		expect(out).toEqual([]);
		expect(errors).toEqual(
			items.map(() => expect.objectContaining({ message, statusCode: 0 }) as unknown),
		);
	});

	test('for a node with Execute Once', async () => {
		const more = { executeOnce: true };
		const { error } = await createBatch(buildItems(20), {}, 'stopWorkflow', CREATED, more);
		expect(error?.message).toBe('A batch needs at least 20 items, but this run has 1');
	});

	test('and stops the workflow if On Error says so', async () => {
		const { error } = await createBatch(buildItems(2), {}, 'stopWorkflow');
		expect(error?.message).toMatch(/^A batch needs at least 20 items/);
	});

	test('if n8n cannot evaluate a field of one item', async () => {
		const visualUrl = '={{ $json.label === "item 3" ? $("No Such Node").item : $json.video }}';
		await createBatch(buildItems(21), { visualUrl });
		expect(server.api.sent).toEqual([]);
	});
});

describe('Max Cost (USD)', () => {
	/** Runs Create for 20 rows of which each costs 10 cents per second. @param options of the node */
	async function create(options: IDataObject, settings: NodeSettings = {}, items = buildItems(20)) {
		server.api.respond = ({ url, body }) => {
			if (url === '/v2/batch') return CREATED;
			const { duration } = body as { duration: number };
			const estimatedGenerationCost = Number((duration * 0.1).toFixed(2));
			return { status: 200, body: { estimatedFrameCount: 1, estimatedGenerationCost } };
		};
		const row = { model: 'lipsync-2', visualUrl: '={{ $json.video }}', audioUrl: AUDIO };
		const parameters = { resource: 'batch', operation: 'create', ...row, ...settings, options };
		return await runOperation(server.api, parameters as NodeSettings, items);
	}

	const wasCreated = () => server.api.requestLines.includes('POST /v2/batch');

	test('refuses a batch whose rows cost more together, before it is created', async () => {
		const { errors } = await create({ maxCost: 19.99, guardDuration: 10 });
		expect(errors).toHaveLength(20);
		expect(errors[0]).toMatchObject({
			message:
				"The batch would cost about USD 20.00, which is over 'Max Cost (USD)' (USD 19.99). It was not created.",
			statusCode: 0,
		});
		expect(wasCreated()).toBe(false);
	});

	test('allows a batch that costs exactly as much, with one estimate for equal rows', async () => {
		const { results } = await create({ maxCost: 20, guardDuration: 10 });
		expect(results).toHaveLength(1);
		expect(server.api.requestLines).toEqual(['POST /v2/generations/estimate', 'POST /v2/batch']);
	});

	test('adds up rows of different lengths', async () => {
		const items = buildItems(20, (index) => ({ seconds: index + 1 }));
		const guard = { guardDuration: '={{ $json.seconds }}' };
		const { errors } = await create({ ...guard, maxCost: 20.9 }, {}, items);
		expect(errors[0].message).toMatch(/would cost about USD 21\.00/);
	});

	test('of 0 refuses every batch', async () => {
		expect((await create({ maxCost: 0, guardDuration: 10 })).errors).toHaveLength(20);
		expect(wasCreated()).toBe(false);
	});

	test.each(['={{ undefined }}', '={{ "" }}', '={{ "ten" }}'])(
		'of %s is an error, and nothing is sent',
		async (maxCost) => {
			const { errors } = await create({ maxCost, guardDuration: 10 });
			expect(errors[0].message).toContain("'Max Cost (USD)'");
			expect(server.api.sent).toEqual([]);
		},
	);

	test('applies to a dry run too', async () => {
		const { errors } = await create({ maxCost: 1, guardDuration: 10 }, { dryRun: true });
		expect(errors).toHaveLength(20);
		expect(wasCreated()).toBe(false);
	});

	test('refuses a batch with a row whose cost cannot be estimated', async () => {
		const running = create({ maxCost: 100, guardDuration: 10 });
		server.api.respond = () => RESPONSES.wrongAddress;
		const { errors } = await running;
		expect(errors[0].message).toMatch(
			/^Item 0: The cost of the generation can't be estimated.*\. No batch was created\.$/,
		);
		expect(wasCreated()).toBe(false);
	});
});

describe('Resume by Webhook', () => {
	const RESUME = { wait: 'webhook' };
	/** The webhook URL of the last batch that was requested. */
	let sentUrl = '';

	/** Answers the request for a batch, and lists one batch for each webhook URL. */
	function serve(response: FakeResponse, listUrls: (sentUrl: string) => string[]) {
		server.api.respond = ({ method, body }) => {
			if (method === 'POST') {
				sentUrl = (body as { webhook_url: string }).webhook_url;
				return response;
			}
			const batches = listUrls(sentUrl).map((webhookUrl, index) => ({
				...BATCH,
				id: `batch_${index}`,
				webhookUrl,
			}));
			return { status: 200, body: batches };
		};
	}
	const create = async (...more: Parameters<typeof createBatch>) => {
		const [items = buildItems(20), settings, onError, , node] = more;
		const row = { model: 'lipsync-2', visualUrl: '={{ $json.video }}', audioUrl: AUDIO };
		const parameters = { resource: 'batch', operation: 'create', ...row, ...RESUME, ...settings };
		return await runOperation(server.api, parameters, items, onError, node);
	};

	test('sends the URL that resumes the execution, which the item does not contain', async () => {
		serve({ status: 201, body: { ...BATCH, webhookUrl: 'x' } }, () => []);
		const { results } = await create();
		const { pathname, searchParams } = new URL(sentUrl);
		expect(pathname).toMatch(/^\/webhook-waiting\/\d+$/);
		expect(searchParams.get('idempotencyKey')).toMatch(/^[0-9a-f]{64}$/);
		serve({ status: 201, body: { ...BATCH, webhookUrl: sentUrl } }, () => []);
		expect(results).toHaveLength(1);
		expect((await create()).results).toMatchObject([{ id: BATCH.id, webhookUrl: null }]);
	});

	test('cannot be combined with a Webhook URL', async () => {
		const options = { webhookUrl: 'https://n8n.example.com/x' };
		const { errors } = await create(undefined, { options });
		expect(server.api.sent).toEqual([]);
		expect(errors[0].message).toBe("'Resume by Webhook' and 'Webhook URL' can't be used together");
	});

	test('finds the batch by its URL if the response is lost', async () => {
		serve('reset', (url) => ['https://n8n.example.com/webhook-waiting/1?idempotencyKey=k', url]);
		const { results } = await create();
		expect(results).toMatchObject([{ id: 'batch_1', webhookUrl: null }]);
		expect(server.api.requestLines).toEqual(['POST /v2/batch', 'GET /v2/batch']);
	});

	test('is an error that says so if no batch has its URL after the response is lost', async () => {
		serve('reset', () => ['https://n8n.example.com/webhook-waiting/1?idempotencyKey=k']);
		const { errors } = await create();
		expect(errors[0].message).toMatch(/The batch may have been created nevertheless/);
	});

	test('finds the batch when n8n retries the node', async () => {
		let isListed = false;
		serve('reset', (url) => {
			const listed = isListed ? [url] : [];
			isListed = true;
			return listed;
		});
		const { results } = await create(undefined, {}, 'stopWorkflow', undefined, TRY_TWICE);
		expect(results).toMatchObject([{ id: 'batch_0' }]);
		expect(server.api.requestLines).toEqual(['POST /v2/batch', 'GET /v2/batch', 'GET /v2/batch']);
	});
});

describe('an API that only accepts the rows as a file', () => {
	const responses: Array<[string, FakeResponse]> = [
		['415', { status: 415, body: { statusCode: 415, message: 'Unsupported Media Type' } }],
		[
			'a 400 that asks for the file',
			{ status: 400, body: { statusCode: 400, message: 'input file is required' } },
		],
	];

	test.each(responses)('gets a file after %s', async (_what, unsupported) => {
		const { api } = server;
		const running = createBatch(buildItems(20), { options: { webhookUrl: WEBHOOK_URL } });
		api.respond = ({ headers }) =>
			headers['content-type'] === 'application/json' ? unsupported : CREATED;
		const { results } = await running;
		expect(results).toHaveLength(1);
		const [asJson, asForm] = api.sent;
		expect(api.sent).toHaveLength(2);
		const form = await readForm(asForm);
		expect(form.get('webhook_url')).toBe(WEBHOOK_URL);
		expect(form.has('dry_run')).toBe(false);
		expect(await readRows(form)).toEqual((asJson.body as { rows: object[] }).rows);
	});

	test.each<[string, FakeResponse]>([
		[
			'a row is invalid',
			{ status: 400, body: { statusCode: 400, message: 'input.0.url must be a URL' } },
		],
		[
			'the plan has no batches',
			{ status: 403, body: { message: 'Upgrade', errorCode: 'batch_plan_required' } },
		],
	])('is not assumed if %s', async (_what, response) => {
		const { errors } = await createBatch(buildItems(20), {}, undefined, response);
		expect(server.api.sent).toHaveLength(1);
		expect(errors).toHaveLength(20);
	});
});

test.each<[string, FakeResponse]>([
	['502', RESPONSES.badGateway],
	['503', RESPONSES.unavailable],
	['a broken connection', 'reset'],
])('a batch is not retried after %s, because it may have been created', async (_what, response) => {
	const { errors } = await createBatch(
		buildItems(20),
		{ options: { maxRetries: 3 } },
		undefined,
		response,
	);
	expect(server.api.sent).toHaveLength(1);
	expect(errors).toHaveLength(20);
});

test('a batch that may have been created is not created again when n8n retries the node', async () => {
	const { error } = await createBatch(buildItems(20), {}, 'stopWorkflow', 'reset', TRY_TWICE);
	expect(server.api.sent).toHaveLength(1);
	expect(error?.message).toBe(
		'The batch may have been created by an earlier attempt, so it was not created again (item 0)',
	);
});

test('a row has the request that Generation → Create sends', async () => {
	const settings = {
		visualSource: 'asset',
		visualAssetId: byId('={{ $json.asset }}'),
		audioSource: 'text',
		voiceId: byId('v1'),
		script: 'Hello.',
		additionalFields: {
			visualKind: 'video',
			outputFileName: '={{ $json.label.replace(" ", "_") }}',
		},
	};
	await createBatch(
		buildItems(20, (index) => ({ asset: uuid(index) })),
		settings,
	);
	expect(getSentBody().rows[3].payload).toEqual({
		model: 'lipsync-2',
		input: [
			{ type: 'video', assetId: uuid(3) },
			{ type: 'text', provider: { name: 'elevenlabs', voiceId: 'v1', script: 'Hello.' } },
		],
		outputFileName: 'item_3',
	});
});
