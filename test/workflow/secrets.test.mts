import { buildAssetWithId, uuid } from '../unit/assets.mts';
import { CREDENTIAL, inspectAll, runWorkflow } from './engine.mts';
import { FakeApi, type FakeResponse, serveAssets, useFakeApi } from './fakeApi.mts';
import { FAILURE_CASES } from './failureCases.mts';
import { buildGetWorkflow, inputsForIds, type OnError, SYNC_NODE } from './workflows.mts';

const server = useFakeApi();
const [GOOD, BAD] = [uuid(1), uuid(2)];

async function lookUp(response: FakeResponse, onError: OnError) {
	server.api.respond = serveAssets({ [GOOD]: buildAssetWithId(GOOD), [BAD]: response });
	const json = buildGetWorkflow({ options: { timeout: 1 } }, onError);
	return await runWorkflow(json, inputsForIds(GOOD, BAD), server.api.credential);
}

describe('the API key does not appear in the run', () => {
	const kinds = [
		['success', { status: 200, body: buildAssetWithId(BAD) }],
		...Object.entries(FAILURE_CASES).map(([name, { response }]) => [name, response]),
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
		const { run, getItems } = await runWorkflow(buildGetWorkflow(), inputsForIds(GOOD), credential);
		expect(getItems(SYNC_NODE, 1)[0].json.error).toMatchObject({
			message: "The 'Base URL' in the Sync API credential must start with https://",
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
		const ids = inputsForIds(BAD, GOOD);
		const { getItems } = await runWorkflow(buildGetWorkflow(), ids, server.api.credential);
		expect(getItems(SYNC_NODE, 1)[0].json.error).toMatchObject({ statusCode: status });
		expect(elsewhere.sent).toEqual([]);
	});
});
