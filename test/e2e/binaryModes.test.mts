import { localApi, type ExampleApi } from '../../demo/api.mts';
import { EXAMPLES, isExpected } from '../../demo/examples.mts';
import { createCredentials, runExample } from '../../demo/run.mts';
import { N8nClient } from '../../n8n/client.mts';
import { startN8n, type RunningN8n } from '../../n8n/server.mts';

jest.setTimeout(60_000);

const withFiles = EXAMPLES.filter(({ file }) =>
	['upload-a-file.json', 'download-and-keep.json'].includes(file),
);

/**
 * The modes that are not the default of a single n8n 2.x, which the other tests have: `database` is the default of its
 * queue mode, `default` keeps files in memory. S3 is for licensed instances only.
 */
describe.each(['database', 'default'])('where n8n keeps files in the mode %s', (mode) => {
	let api: ExampleApi;
	let n8n: RunningN8n;
	let client: N8nClient;

	beforeAll(async () => {
		api = await localApi();
		n8n = await startN8n({
			version: '2.41.1',
			env: { N8N_DEFAULT_BINARY_DATA_MODE: mode },
		});
		client = await N8nClient.connect(n8n.url);
		await createCredentials(client, api);
	}, 30 * 60_000);

	afterAll(async () => {
		await n8n?.stop();
		await api?.close();
	});

	test.each(withFiles)('the example $file does what it promises', async (example) => {
		const { results } = await runExample(client, api, example);
		expect(results.filter((result) => !isExpected(result))).toEqual([]);
		expect(results.flatMap(({ rows }) => rows)).not.toEqual([]);
	});
});
