import { EXAMPLES, findUnexpected } from '../../demo/examples.mts';
import { runExample } from '../../demo/run.mts';
import { getNodeError } from '../../n8n/execution.mts';
import { LATEST_N8N } from '../../n8n/install.mts';
import { LIBRARY } from '../../sandbox/asset/fixtures.mts';
import { buildGetWorkflow } from './getWorkflow.mts';
import { useN8n } from './n8nLab.mts';

jest.setTimeout(60_000);

/** One for each kind of request: to the API, with a file to the storage, and for a file from it. */
const examples = EXAMPLES.filter(({ file }) =>
	['enrich-records.json', 'upload-a-file.json', 'download-and-keep.json'].includes(file),
);

describe('when n8n blocks requests to private addresses', () => {
	const lab = useN8n({ version: LATEST_N8N, env: { N8N_SSRF_PROTECTION_ENABLED: 'true' } });

	test('an error says that n8n blocked the address', async () => {
		const workflow = await lab.client.createWorkflow(buildGetWorkflow([LIBRARY[0].id]));
		const execution = await lab.client.run(workflow);
		expect(getNodeError(execution, 'Get Asset')).toMatchObject({
			message: expect.stringMatching(/^The request was blocked/) as string,
			description: expect.stringMatching(
				/127\.0\.0\.1 is not allowed.*ask your n8n admin/,
			) as string,
		});
		expect((await lab.control.getTotals()).count).toBe(0);
	});
});

describe('when n8n blocks requests to private addresses except for those of the Sync API', () => {
	const lab = useN8n({
		version: LATEST_N8N,
		env: { N8N_SSRF_PROTECTION_ENABLED: 'true', N8N_SSRF_ALLOWED_IP_RANGES: '127.0.0.1/32' },
	});

	test.each(examples)('the example $file has the promised results', async (example) => {
		const { results } = await runExample(lab.client, lab.api, example);
		expect(findUnexpected(results)).toEqual([]);
	});
});
