import { buildAsset, uuid } from '../unit/assets.mts';
import { RESPONSES } from '../unit/responses.mts';
import { CREDENTIAL, inspectAll, runWorkflow } from './engine.mts';
import { FakeApi, type FakeResponse, serveAssets, useFakeApi } from './fakeApi.mts';
import { FAULTS } from './faults.mts';
import { getWorkflow, itemsForIds, type OnError, SYNC } from './workflows.mts';

const server = useFakeApi();
const [GOOD, BAD] = [uuid(1), uuid(2)];

async function lookUp(response: FakeResponse, onError: OnError) {
	server.api.respond = serveAssets({ [GOOD]: buildAsset(GOOD), [BAD]: response });
	const json = getWorkflow({ options: { timeout: 1 } }, onError);
	return await runWorkflow(json, itemsForIds(GOOD, BAD), server.api.credential);
}

describe('the API key does not appear in the run', () => {
	const kinds = [
		['success', { status: 200, body: buildAsset(BAD) }],
		...Object.entries(FAULTS).map(([name, { response }]) => [name, response]),
	] as Array<[string, FakeResponse]>;

	test.each(kinds)('%s', async (_name, response) => {
		const runs = await Promise.all([
			lookUp(response, 'stopWorkflow'),
			lookUp(response, 'continueErrorOutput'),
		]);
		const keys = new Set(server.api.sent.map(({ headers }) => headers['x-api-key']));
		expect([...keys]).toEqual([CREDENTIAL.apiKey]);
		expect(inspectAll(runs.map(({ run }) => run))).not.toContain(CREDENTIAL.apiKey);
		expect(JSON.stringify(runs)).not.toContain(CREDENTIAL.apiKey);
	});

	test('an invalid credential', async () => {
		const credential = { ...CREDENTIAL, baseUrl: 'http://example.com' };
		const { run, items } = await runWorkflow(getWorkflow(), itemsForIds(GOOD), credential);
		expect(items(SYNC, 1)[0].json.error).toMatchObject({
			message: 'The Base URL in the Sync API credential must start with https://',
		});
		expect(inspectAll(run)).not.toContain(CREDENTIAL.apiKey);
	});
});

describe('a redirect to another host', () => {
	const elsewhere = new FakeApi();
	beforeAll(async () => await elsewhere.start());
	afterAll(async () => await elsewhere.stop());

	test.each([301, 302, 303, 307, 308])('%i is not followed', async (status) => {
		const headers = { location: `${elsewhere.url}/v2/assets/${BAD}` };
		server.api.respond = () => ({ status, body: '', headers });
		const ids = itemsForIds(BAD, GOOD);
		const { items } = await runWorkflow(getWorkflow(), ids, server.api.credential);
		expect(items(SYNC, 1)[0].json.error).toMatchObject({ statusCode: status });
		expect(elsewhere.sent).toEqual([]);
	});
});

describe('the number of requests', () => {
	const immediately = { 'retry-after': '0' };
	const cases: Array<[string, FakeResponse, number]> = [
		['401 for an invalid key', RESPONSES.keyInvalid, 1],
		['401 for a missing key', RESPONSES.keyMissing, 1],
		['404', RESPONSES.notFound, 1],
		['500', { ...RESPONSES.internalError, headers: immediately }, 3],
		['429 for the concurrency limit', { ...RESPONSES.concurrencyLimited, headers: immediately }, 1],
		['429 for the rate limit', { ...RESPONSES.rateLimited, headers: immediately }, 3],
		['502', { ...RESPONSES.badGateway, headers: immediately }, 3],
		['503', { ...RESPONSES.unavailable, headers: immediately }, 3],
	];

	test.each(cases)('after %s, with two retries', async (_name, response, times) => {
		server.api.respond = () => response;
		const json = getWorkflow({ options: { maxRetries: 2 } });
		await runWorkflow(json, itemsForIds(BAD), server.api.credential);
		expect(server.api.lines).toEqual(Array(times).fill(`GET /v2/assets/${BAD}`));
	});

	test('a lookup succeeds if its retry does', async () => {
		server.api.respond = ({ url }) =>
			server.api.sent.filter((sent) => sent.url === url).length === 1
				? { ...RESPONSES.rateLimited, headers: immediately }
				: { status: 200, body: [buildAsset(GOOD), buildAsset(BAD)] };
		const json = getWorkflow({ options: { maxRetries: 1 } });
		const { items } = await runWorkflow(json, itemsForIds(GOOD, BAD), server.api.credential);
		expect(items(SYNC).map(({ json: { id } }) => id)).toEqual([GOOD, BAD]);
		expect(server.api.lines).toEqual(Array(2).fill('POST /v2/assets/batch'));
	});
});
