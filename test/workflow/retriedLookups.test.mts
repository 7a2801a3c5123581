import { buildAssetWithId, uuid } from '../unit/assets.mts';
import { RESPONSES } from '../unit/responses.mts';
import { runWorkflow } from './engine.mts';
import { type FakeResponse, useFakeApi } from './fakeApi.mts';
import { buildGetWorkflow, inputsForIds, SYNC_NODE } from './workflows.mts';

const server = useFakeApi();
const [FIRST, SECOND] = [uuid(1), uuid(2)];

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
		const json = buildGetWorkflow({ options: { maxRetries: 2 } });
		await runWorkflow(json, inputsForIds(SECOND), server.api.credential);
		expect(server.api.requestLines).toEqual(Array(times).fill(`GET /v2/assets/${SECOND}`));
	});

	test('a lookup succeeds if its retry does', async () => {
		server.api.respond = ({ url }) =>
			server.api.sent.filter((sent) => sent.url === url).length === 1
				? { ...RESPONSES.rateLimited, headers: immediately }
				: { status: 200, body: [buildAssetWithId(FIRST), buildAssetWithId(SECOND)] };
		const json = buildGetWorkflow({ options: { maxRetries: 1 } });
		const { getItems } = await runWorkflow(
			json,
			inputsForIds(FIRST, SECOND),
			server.api.credential,
		);
		expect(getItems(SYNC_NODE).map(({ json: { id } }) => id)).toEqual([FIRST, SECOND]);
		expect(server.api.requestLines).toEqual(Array(2).fill('POST /v2/assets/batch'));
	});
});
