import { fastify, type FastifyInstance } from 'fastify';

import { N8nClient } from '../../n8n/client.mts';

const USER = { email: 'somebody@example.com', password: 'Existing2026' };

/** Plays the REST API of n8n. */
let n8n: FastifyInstance;
let client: N8nClient;

/** The paths below `/rest/` of the deletions that n8n received, and of the executions that it stopped. */
let deleted: string[];
let stopped: string[];

/** The statuses of requests that fail, by the end of their path. */
let failures: Record<string, number>;

beforeEach(async () => {
	[deleted, stopped, failures] = [[], [], {}];
	n8n = fastify();
	// n8n accepts an empty body, too.
	n8n.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
		done(null, JSON.parse(String(body) || '{}')),
	);
	n8n.addHook('onRequest', async ({ method, url }, reply) => {
		const path = url.replace('/rest/', '');
		if (method === 'DELETE') deleted.push(path);
		if (path.endsWith('/stop')) stopped.push(path);
		const [, status] = Object.entries(failures).find(([end]) => url.endsWith(end)) ?? [];
		if (status) await reply.code(status).send({ message: `status ${status}` });
	});
	n8n.post('/rest/login', () => ({ data: {} }));
	n8n.get('/rest/projects/personal', () => ({ data: { id: 'p' } }));
	n8n.post('/rest/workflows/:id/run', () => ({ data: { executionId: '7' } }));
	n8n.get('/rest/executions/7', () => ({ data: { status: 'running' } }));
	n8n.post<{ Body: { name: string } }>('/rest/*', ({ body: { name } }) => ({
		data: { id: name, name },
	}));
	// Without statuses, n8n looks for running and for ended executions in two queries. This one ends in between, and is
	// not counted yet.
	n8n.get<{ Querystring: { filter: string } }>('/rest/executions', ({ query: { filter } }) => {
		const ended = { id: '7', status: 'success' };
		const { status } = JSON.parse(filter) as { status?: string[] };
		const inTwoQueries = { results: [{ ...ended, status: 'running' }, ended], count: 0 };
		return { data: status ? { results: [ended], count: 1 } : inTwoQueries };
	});
	n8n.delete('/rest/*', () => ({ data: true }));
	client = await N8nClient.logIn(await n8n.listen({ host: '127.0.0.1', port: 0 }), USER);
	for (const name of ['w1', 'w2']) {
		await client.createWorkflow({ name, nodes: [], connections: {} });
	}
	await client.createCredential({ name: 'c1', type: 'syncApi', data: { apiKey: 'secret' } });
	await client.createDataTable('t1', []);
});

afterEach(async () => await n8n.close());

const ALL = ['credentials/c1', 'workflows/w1', 'workflows/w2', 'projects/p/data-tables/t1'];

test('credentials, which hold API keys, are deleted first', async () => {
	await client.deleteCreated();
	expect(deleted).toEqual(ALL);
});

test('an execution that takes too long is stopped', async () => {
	const workflow = { id: 'w1', versionId: '1', name: 'w1', nodes: [], connections: {} };
	await expect(client.run(workflow, { trigger: 'Start', timeout: 1 })).rejects.toThrow(/Timed out/);
	expect(stopped).toEqual(['executions/7/stop']);
});

test('an execution that ends meanwhile is listed and counted once', async () => {
	expect(await client.listExecutions('w1')).toEqual([{ id: '7', status: 'success' }]);
	expect(await client.countExecutions('w1')).toBe(1);
});

test.each([
	['deleted', { 'w1/archive': 404, 'workflows/w1': 404 }],
	['archived', { 'w1/archive': 400 }],
])('a workflow that the user has %s already is no problem', async (_what, refused) => {
	failures = refused;
	await client.deleteCreated();
	expect(deleted).toEqual(ALL);
});

test('what cannot be deleted is named, after everything else is deleted', async () => {
	failures = { 'credentials/c1': 500, 'workflows/w2': 403 };
	await expect(client.deleteCreated()).rejects.toThrow(
		/: credential c1 \(.*500 status 500\), workflow w2 \(.*403 status 403\)$/,
	);
	expect(deleted).toEqual(ALL);
});
