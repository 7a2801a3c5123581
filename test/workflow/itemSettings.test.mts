import { uuid } from '../unit/assets.mts';
import { RESPONSES } from '../unit/responses.mts';
import { runWorkflow } from './engine.mts';
import { useFakeApi } from './fakeApi.mts';
import { buildGetWorkflow, inputsForIds, SYNC_NODE } from './workflows.mts';

const server = useFakeApi();
const PATIENT = uuid(1);
const HASTY = uuid(2);

test('Max Retries can differ by item', async () => {
	server.api.respond = () => RESPONSES.unavailable;
	const maxRetries = `={{ $json.assetId === "${PATIENT}" ? 1 : 0 }}`;
	const json = buildGetWorkflow({ options: { maxRetries, combineLookups: false } });
	const { getItems } = await runWorkflow(json, inputsForIds(HASTY, PATIENT), server.api.credential);
	expect(server.api.requestLines.sort()).toEqual(
		[PATIENT, PATIENT, HASTY].map((id) => `GET /v2/assets/${id}`),
	);
	expect(getItems(SYNC_NODE, 1)).toHaveLength(2);
});

test('Timeout can differ by item, and an invalid one fails only its item', async () => {
	server.api.respond = () => 'never';
	const timeout = `={{ $json.assetId === "${PATIENT}" ? 0 : 1 }}`;
	const json = buildGetWorkflow({ options: { timeout, combineLookups: false } });
	const { getItems } = await runWorkflow(json, inputsForIds(PATIENT, HASTY), server.api.credential);
	expect(getItems(SYNC_NODE, 1).map(({ json: { error } }) => error)).toMatchObject([
		{ message: expect.stringContaining("'Timeout (Seconds)'") as string },
		{ message: `${server.api.host} did not respond in time` },
	]);
	expect(server.api.requestLines).toEqual([`GET /v2/assets/${HASTY}`]);
});

test.each([
	['maxConcurrent', 'Max Concurrent Requests'],
	['combineLookups', 'Combine Lookups'],
])(
	'%s applies to all items: an expression in it is an error, and nothing is sent',
	async (name, label) => {
		const json = buildGetWorkflow({ options: { [name]: '={{ 1 }}' } });
		const { getItems } = await runWorkflow(json, inputsForIds(PATIENT), server.api.credential);
		expect(getItems(SYNC_NODE, 1)[0].json.error).toMatchObject({
			message: expect.stringMatching(`^'${label}' has to be .*, not {{ 1 }}$`) as string,
		});
		expect(server.api.requestLines).toEqual([]);
	},
);
