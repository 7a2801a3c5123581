import { localApi, type ExampleApi } from '../../demo/api.mts';
import { EXAMPLES, isExpected } from '../../demo/examples.mts';
import { createCredentials, runExample } from '../../demo/run.mts';
import { N8nClient } from '../../n8n/client.mts';
import { N8N_VERSIONS } from '../../n8n/install.mts';
import { startQueueMode, type QueueMode } from '../../n8n/queueMode.mts';
import { findRedis, NO_REDIS } from '../../n8n/redis.mts';

const withRedis = findRedis() ? describe : describe.skip;
if (!findRedis()) console.warn(`The test of queue mode is skipped. ${NO_REDIS}`);

jest.setTimeout(60_000);

/** One for each thing that could depend on the process: waiting in the node, a webhook that resumes, and files. */
const examples = EXAMPLES.filter(({ file }) =>
	['dub-a-folder.json', 'resume-by-webhook.json', 'upload-a-file.json'].includes(file),
);

withRedis.each(N8N_VERSIONS)('on a worker of n8n %s in queue mode', (version) => {
	let api: ExampleApi;
	let queue: QueueMode;
	let client: N8nClient;

	beforeAll(async () => {
		api = await localApi();
		queue = await startQueueMode({ version });
		client = await N8nClient.connect(queue.n8n.url);
		await createCredentials(client, api);
	}, 30 * 60_000);

	afterAll(async () => {
		await queue?.stop();
		await api?.close();
	});

	test.each(examples)('the example $file does what it promises', async (example) => {
		const { workflow, results } = await runExample(client, api, example);
		expect(results.filter((result) => !isExpected(result))).toEqual([]);
		const [{ id }] = await client.listExecutions(workflow.id);
		// That it has finished is logged after the end is stored, which is what was waited for.
		expect(await queue.workers[0].log()).toContain(`Worker started execution ${id} `);
	});
});
