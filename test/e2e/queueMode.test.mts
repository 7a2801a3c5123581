import { EXAMPLES, findUnexpected } from '../../demo/examples.mts';
import { runExample } from '../../demo/run.mts';
import { N8N_VERSIONS } from '../../n8n/install.mts';
import { useQueueMode } from './n8nLab.mts';
import { requirePrograms } from './requireOrSkip.mts';

const withRedis = requirePrograms('The test of queue mode', 'redis');

jest.setTimeout(60_000);

/** One for each feature that could depend on the process: waiting in the node, resuming by webhook, and files. */
const examples = EXAMPLES.filter(({ file }) =>
	['dub-a-folder.json', 'resume-by-webhook.json', 'upload-a-file.json'].includes(file),
);

withRedis.each(N8N_VERSIONS)('on a worker of n8n %s in queue mode', (version) => {
	const lab = useQueueMode({ version });

	test.each(examples)('the example $file has the promised results', async (example) => {
		const { workflow, results } = await runExample(lab.client, lab.api, example);
		expect(findUnexpected(results)).toEqual([]);
		const [{ id }] = await lab.client.listExecutions(workflow.id);
		// The end of the execution is logged only after it is stored, so the log may not have it yet.
		expect(await lab.queue.workers[0].readLog()).toContain(`Worker started execution ${id} `);
	});
});
