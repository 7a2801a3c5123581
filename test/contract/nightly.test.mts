import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { execa } from 'execa';
import { fastify } from 'fastify';
import { parse } from 'yaml';

import { readText, ROOT } from './repository.mts';

const { jobs } = parse(readText('.github/workflows/nightly.yml')) as {
	jobs: { n8n: { steps: Array<{ name?: string; shell?: string; run?: string }> } };
};

describe('starting the newest n8n of a major version', () => {
	const step = jobs.n8n.steps.find(({ name }) => name?.startsWith('Start n8n'));
	let folder: string;

	beforeEach(async () => {
		folder = await mkdtemp(path.join(os.tmpdir(), 'n8n-nodes-sync-so-nightly-'));
		await addCommand('docker', 'for last; do :; done; echo "image $last"');
	});

	afterEach(async () => await rm(folder, { recursive: true }));

	/** Adds a command that plays the one of that name. */
	async function addCommand(name: string, script: string): Promise<void> {
		const file = path.join(folder, name);
		await writeFile(file, `#!/bin/sh\n${script}\n`);
		await chmod(file, 0o755);
	}

	/** Runs the step as GitHub does. */
	const runStep = async () =>
		await execa('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', String(step?.run)], {
			reject: false,
			env: { MAJOR: '2', RUNNER_TEMP: folder, PATH: `${folder}:${process.env.PATH}` },
		});

	const listTags = async (...tags: string[]) =>
		await addCommand('skopeo', `cat <<'END'\n${JSON.stringify({ Tags: tags }, null, 4)}\nEND`);

	test('runs with pipefail', () => {
		expect(step?.shell).toBe('bash');
	});

	test('chooses the newest stable version', async () => {
		await listTags('latest', '1.123.81', '2.9.3', '2.41.1', '2.42.0-rc.1', '12.0.1', '3.0.0');
		expect((await runStep()).stdout).toContain('image docker.io/n8nio/n8n:2.41.1');
	});

	test.each([
		['there is none', async () => await listTags('latest', '3.0.0')],
		['the list cannot be read', async () => await addCommand('skopeo', 'exit 1')],
	])('fails if %s', async (_what, prepare) => {
		await prepare();
		const { exitCode, stdout } = await runStep();
		expect(exitCode).not.toBe(0);
		expect(stdout).not.toContain('image');
	});
});

test('the owner is created once n8n has started, although it responds to everything before', async () => {
	expect(jobs.n8n.steps.map(({ run }) => run)).toContain('npx tsx n8n/createOwner.mts');
	const owners: unknown[] = [];
	let requests = 0;
	const n8n = fastify();
	n8n.addHook('onRequest', async (_request, reply) => {
		if (++requests <= 4) await reply.type('text/html').send('n8n is starting up. Please wait');
	});
	n8n.get('/healthz/readiness', () => ({ status: 'ok' }));
	n8n.get('/rest/settings', () => ({ data: {} }));
	n8n.get('/rest/projects/personal', () => ({ data: { id: 'p' } }));
	n8n.post('/rest/owner/setup', ({ body }) => {
		owners.push(body);
		return { data: { id: '1' } };
	});
	const url = await n8n.listen({ host: '127.0.0.1', port: 0 });
	const { exitCode, stderr } = await execa('tsx', ['n8n/createOwner.mts'], {
		cwd: ROOT,
		preferLocal: true,
		reject: false,
		env: { N8N_URL: url, N8N_EMAIL: 'owner@example.com', N8N_PASSWORD: 'Nightly2026' },
	});
	await n8n.close();
	expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
	expect(owners).toMatchObject([{ email: 'owner@example.com', password: 'Nightly2026' }]);
	expect(requests).toBeGreaterThan(4);
});
