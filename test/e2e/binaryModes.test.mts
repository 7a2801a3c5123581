import { EXAMPLES, findUnexpected } from '../../demo/examples.mts';
import { runExample } from '../../demo/run.mts';
import { LATEST_N8N } from '../../n8n/install.mts';
import { useN8n } from './n8nLab.mts';

jest.setTimeout(60_000);

const withFiles = EXAMPLES.filter(({ file }) =>
	['upload-a-file.json', 'download-and-keep.json'].includes(file),
);

/**
 * The modes that other tests do not cover: `database` is the default in queue mode of n8n 2.x, and `default` keeps
 * files in memory. S3 needs a license.
 */
describe.each(['database', 'default'])('when n8n stores files in mode %s', (mode) => {
	const lab = useN8n({ version: LATEST_N8N, env: { N8N_DEFAULT_BINARY_DATA_MODE: mode } });

	test.each(withFiles)('the example $file has the promised results', async (example) => {
		const { results } = await runExample(lab.client, lab.api, example);
		expect(findUnexpected(results)).toEqual([]);
	});
});
