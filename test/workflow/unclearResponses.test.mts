import { type FakeResponse, readIdempotencyKey, useFakeApi } from './fakeApi.mts';
import { GenerationLab } from './generationLab.mts';
import { runOperation } from './runOperation.mts';
import { LIP_SYNC_SETTINGS } from './syncNode.mts';
import { inputs, manyInputs } from './workflows.mts';

const CREATED: FakeResponse = {
	status: 201,
	body: { id: 'gen-1', createdAt: '2026-01-15T09:30:00.000Z', status: 'PENDING', input: [] },
};
const EMPTY: FakeResponse = { status: 201, body: '' };

/** Responses that do not tell whether the request was carried out. */
const UNCLEAR: Array<[string, FakeResponse]> = [
	['is not HTTP', 'garbled'],
	['breaks off', 'truncated'],
	['is empty', EMPTY],
	['is the page of a proxy', { status: 200, body: '<html></html>' }],
];

describe.each(UNCLEAR)('a response that %s', (_what, unclear) => {
	const server = useFakeApi();
	const listKeys = () => server.api.sent.map(readIdempotencyKey);

	/** Creates a generation. @param responses sent in turn, the last one from then on */
	async function create(responses: FakeResponse[], maxRetries: number) {
		server.api.respond = () =>
			responses.length > 1 ? (responses.shift() as FakeResponse) : responses[0];
		const audio = { audioSource: 'url', audioUrl: 'https://files.example.com/a.wav' };
		return await runOperation(server.api, {
			...LIP_SYNC_SETTINGS,
			...audio,
			options: { maxRetries },
		});
	}

	test('is retried with the same key', async () => {
		const { results } = await create([unclear, CREATED], 1);
		expect(results).toMatchObject([{ id: 'gen-1' }]);
		expect(listKeys()).toHaveLength(2);
		expect(new Set(listKeys()).size).toBe(1);
	});

	test('is an error with the key and how to use it, if the retry fails too', async () => {
		const { errors } = await create([unclear], 1);
		const [key] = listKeys();
		expect(errors).toMatchObject([
			{
				message: expect.stringMatching(/may have been created nevertheless\.$/) as string,
				hint: expect.stringContaining(`'${String(key)}' as 'Idempotency Key'`) as string,
				idempotencyKey: key,
			},
		]);
	});

	test('is not retried for a batch', async () => {
		server.api.respond = () => unclear;
		const batch = {
			resource: 'batch',
			operation: 'create',
			model: 'lipsync-2',
			visualUrl: 'https://files.example.com/a.mp4',
			audioUrl: 'https://files.example.com/a.wav',
			options: { maxRetries: 3 },
		};
		const { errors } = await runOperation(server.api, batch, manyInputs(20));
		expect(server.api.sent).toHaveLength(1);
		expect(errors[0].message).toMatch(/The batch may have been created nevertheless\.$/);
	});
});

describe('with Resume by Webhook', () => {
	const lab = new GenerationLab();
	const CREATE = { operationId: 'createGeneration' };

	test('a generation whose response was lost is found by its webhook URL', async () => {
		await lab.control.addFault({ match: CREATE, kind: 'reset', after: true, times: 1 });
		const { results } = await lab.create({ wait: 'webhook' });
		expect(results).toHaveLength(1);
		expect(await lab.listOperationIds()).toEqual([
			'createGeneration',
			'listGenerationsAlias',
			'getGeneration',
		]);
		expect(await lab.countCreated()).toBe(1);
	});

	test('a generation is found when another execution uses its key, even though its webhook URL differs', async () => {
		const additionalFields = { idempotencyKey: 'order-1042' };
		const first = await lab.create({ wait: 'webhook', additionalFields });
		const second = await lab.create({ wait: 'webhook', additionalFields });
		expect(second.results).toMatchObject([{ id: first.results[0].id }]);
		expect(await lab.countCreated()).toBe(1);
	});

	test('several input items are allowed with Execute Once', async () => {
		const items = inputs({}, {}, {});
		const { results } = await lab.create({ wait: 'webhook' }, items, undefined, {
			executeOnce: true,
		});
		expect(results).toHaveLength(1);
	});
});
