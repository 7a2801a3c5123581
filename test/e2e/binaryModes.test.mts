import { EXAMPLES, isKept } from '../../demo/examples.mts';
import { runExample } from '../../demo/run.mts';
import { useN8n } from './n8nLab.mts';

jest.setTimeout(60_000);

const withFiles = EXAMPLES.filter(({ file }) =>
	['upload-a-file.json', 'download-and-keep.json'].includes(file),
);

/**
 * The modes that are not the default of a single n8n 2.x, which the other tests have: `database` is the default of its
 * queue mode, `default` keeps files in memory. S3 is for licensed instances only.
 */
describe.each(['database', 'default'])('where n8n keeps files in the mode %s', (mode) => {
	const lab = useN8n({ version: '2.41.1', env: { N8N_DEFAULT_BINARY_DATA_MODE: mode } });

	test.each(withFiles)('the example $file does what it promises', async (example) => {
		const { results } = await runExample(lab.client, lab.api, example);
		expect(results.filter((result) => !isKept(result))).toEqual([]);
		expect(results.flatMap(({ rows }) => rows)).not.toEqual([]);
	});
});
