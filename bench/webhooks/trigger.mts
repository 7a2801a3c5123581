import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INode } from 'n8n-workflow';

import type { StoredWorkflow } from '../../n8n/client.mts';
import { buildCredentials, SYNC_TRIGGER } from '../../n8n/syncNodes.mts';
import { waitFor } from '../../n8n/wait.mts';
import { buildNode, chainNodes } from '../../n8n/workflow.mts';
import { createSignature, WEBHOOK_SECRET } from '../../sandbox/core/webhooks.mts';
import type { Goal } from '../comparison.mts';
import type { Experiment, Table } from '../experiment.mts';
import { formatNumber } from '../format.mts';
import { percentile } from '../statistics.mts';
import type { Testbed } from '../testbed.mts';

const CALLS = 1000;

/** Calls per second. The higher rate is more than n8n handles with a credential on two CPUs. */
const RATES = [15, 50];

/** The number of calls that warm up each node. */
const WARM_UP_CALLS = 100;

/** How many calls after a genuine one it is repeated. */
const REPEATED_AFTER = 8;

/** The timeout for the executions to end after the last response, in ms. A slow machine falls far behind. */
const END_TIMEOUT = 10 * 60_000;

const KINDS = ['genuine', 'forged', 'repeated'] as const;

type Kind = (typeof KINDS)[number];

/** A call to send. */
interface Call {
	kind: Kind;
	body: string;
}

/** A call that was sent. */
interface Response {
	kind: Kind;
	/** HTTP status. */
	status: number;
	/** From sending the call to the end of the response, in ms. */
	ms: number;
}

/** A node to measure. */
interface Contender {
	name: string;
	node: (webhookId: string) => INode;
	/** The path of its webhook, below `/webhook/`. */
	path: (webhookId: string) => string;
}

/** What one node did with all calls at one rate. */
interface Outcome {
	contender: Contender;
	responses: Response[];
	executions: number;
}

const ours: Contender = {
	name: 'Sync Trigger',
	node: (webhookId) =>
		buildNode('Trigger', SYNC_TRIGGER, 1, {
			credentials: buildCredentials(),
			webhookId,
		}),
	path: (webhookId) => `${webhookId}/webhook`,
};

/** The name of the credential for Webhook. */
const HEADER_AUTH = 'Header Auth';

/** The header that Header Auth expects. */
const AUTH_HEADER = { name: 'x-benchmark', value: 'secret' };

/** n8n checks the credentials of a workflow before each execution, so the baseline has one, too. */
const baseline: Contender = {
	name: 'Webhook, Header Auth',
	node: (webhookId) =>
		buildWebhook(webhookId, {
			parameters: { authentication: 'headerAuth' },
			credentials: { httpHeaderAuth: { id: null, name: HEADER_AUTH } },
		}),
	path: (webhookId) => webhookId,
};

const unprotected: Contender = {
	name: 'Webhook, no authentication',
	node: (webhookId) => buildWebhook(webhookId),
	path: (webhookId) => webhookId,
};

const buildWebhook = (
	webhookId: string,
	{ parameters, credentials }: Pick<Partial<INode>, 'parameters' | 'credentials'> = {},
): INode =>
	buildNode('Trigger', 'n8n-nodes-base.webhook', 2, {
		parameters: { httpMethod: 'POST', path: webhookId, options: {}, ...parameters },
		credentials,
		webhookId,
	});

const CONTENDERS = [unprotected, baseline, ours];

/** Measures which calls start a workflow, and how fast n8n responds. */
export const trigger: Experiment = {
	name: 'trigger',
	title: 'Sync Trigger: calls at a steady rate',
	notes: [
		`One client sends signed calls at a steady rate to a workflow that consists of the trigger and NoOp. Of ten calls, one is forged (signed with another secret) and one repeats the call that was sent ${REPEATED_AFTER} calls earlier. n8n's Webhook node gets the same calls and starts an execution for each of them: it verifies nothing, or only a fixed header (_Header Auth_).`,
		'The baseline is Webhook with Header Auth, because n8n checks the credentials of a workflow before each execution. That costs more than anything that Sync Trigger itself does.',
		`The response time is measured by the client, while n8n also runs the executions. The nodes are measured one after the other, after ${WARM_UP_CALLS} calls each as warm-up. If the machine is too slow for the rate, calls queue up in n8n, and the response times are mostly those of the queue. The credential has no Webhook Signing Secret, so Sync Trigger requests it from the API.`,
	],
	run: async (testbed, count = CALLS) => {
		await testbed.sandbox.control.reset();
		await testbed.client.createCredential({
			name: HEADER_AUTH,
			type: 'httpHeaderAuth',
			data: { ...AUTH_HEADER, allowedHttpRequestDomains: 'all' },
		});
		for (const contender of CONTENDERS) {
			await measure(testbed, contender, WARM_UP_CALLS, RATES[0]);
		}
		const goals: Goal[] = [];
		const tables: Table[] = [];
		for (const rate of RATES) {
			const outcomes: Outcome[] = [];
			for (const contender of CONTENDERS) {
				outcomes.push(await measure(testbed, contender, count, rate));
			}
			const [, reference, outcome] = outcomes;
			goals.push(...checkGoals(outcome, rate));
			tables.push({
				title: `${formatNumber(count)} calls, ${rate} per second`,
				columns: COLUMNS,
				rows: outcomes.reverse().flatMap((one) => buildRows(one, reference)),
			});
		}
		return { goals, tables };
	},
};

const COLUMNS: Table['columns'] = [
	{ title: 'node', isText: true },
	{ title: 'calls', isText: true },
	{ title: 'sent' },
	{ title: 'executions' },
	{ title: 'response: p50 (ms)' },
	{ title: 'p95 (ms)' },
	{ title: 'p50 × baseline' },
	{ title: 'p95 × baseline' },
];

/** Checks that Sync Trigger started the workflow for the genuine calls, and for no others. */
function checkGoals({ responses, executions }: Outcome, rate: number): Goal[] {
	const isStarted = ({ kind, status }: Response) => kind === 'genuine' && status === 200;
	const genuine = responses.filter(({ kind }) => kind === 'genuine').length;
	const rejected = responses.filter(({ kind, status }) => kind === 'forged' && status === 401);
	const ignored = responses.filter(({ kind, status }) => kind === 'repeated' && status === 200);
	const unwanted = responses.length - genuine;
	return [
		{
			description: `Sync Trigger, ${rate} calls per second: every genuine call starts one execution, no other call does`,
			measured: `${formatNumber(executions)} executions for ${formatNumber(genuine)} genuine calls`,
			reached: executions === genuine && responses.filter(isStarted).length === genuine,
		},
		{
			description: `Sync Trigger, ${rate} calls per second: forged calls are rejected with 401, repeated ones get 200`,
			measured: `${formatNumber(rejected.length)} rejected, ${formatNumber(ignored.length)} ignored`,
			reached: rejected.length + ignored.length === unwanted,
		},
	];
}

/** Builds the rows of a node: for all calls, and for each kind. */
function buildRows({ contender, responses, executions }: Outcome, reference: Outcome): string[][] {
	return (['all', ...KINDS] as const).map((kind) => {
		const selected = responses.filter((response) => kind === 'all' || response.kind === kind);
		const [p50, p95] = [50, 95].map((rank) => percentile(selected.map(getMs), rank));
		const [base50, base95] = [50, 95].map((rank) =>
			percentile(reference.responses.map(getMs), rank),
		);
		return [
			contender.name,
			kind,
			formatNumber(selected.length),
			kind === 'all' ? formatNumber(executions) : '',
			p50.toFixed(1),
			p95.toFixed(1),
			(p50 / base50).toFixed(2),
			(p95 / base95).toFixed(2),
		];
	});
}

const getMs = ({ ms }: Response): number => ms;

/** Sends all calls to a new workflow, and waits until its executions have ended. */
async function measure(
	{ client, n8n }: Testbed,
	contender: Contender,
	count: number,
	rate: number,
): Promise<Outcome> {
	const { name, node, path } = contender;
	const webhookId = randomUUID();
	const nodes = [node(webhookId), buildNode('Next', 'n8n-nodes-base.noOp', 1)];
	const workflow = await client.createWorkflow(chainNodes(name, nodes));
	await client.activateTriggers(workflow);
	const url = `${n8n.url}/webhook/${path(webhookId)}`;
	const responses = await sendCalls(url, buildCalls(count), rate);
	const executions = await waitForExecutions(client, workflow);
	await client.deactivate(workflow);
	await client.deleteWorkflow(workflow.id);
	return { contender, responses, executions };
}

/** Builds the calls: of ten, one is forged and one is a repetition. */
function buildCalls(count: number): Call[] {
	const bodies = Array.from({ length: count }, () => JSON.stringify(buildPayload()));
	return bodies.map((body, index) => {
		if (index % 10 === 4) return { kind: 'forged', body };
		// The repeated call is genuine, because its index ends with 1.
		if (index % 10 === 9) return { kind: 'repeated', body: bodies[index - REPEATED_AFTER] };
		return { kind: 'genuine', body };
	});
}

const buildPayload = () => ({
	id: randomUUID(),
	createdAt: '2026-01-15T09:31:00.000Z',
	status: 'COMPLETED',
	model: 'lipsync-2',
	input: [
		{ type: 'video', url: 'https://www.example.com/interview.mp4' },
		{ type: 'audio', url: 'https://www.example.com/voiceover.wav' },
	],
	options: { sync_mode: 'bounce' },
	outputUrl: `https://www.example.com/output.mp4?signature=${'x'.repeat(300)}`,
	outputDuration: 12.48,
});

/** Sends calls at a steady rate, without waiting for the responses. @param rate calls per second */
async function sendCalls(url: string, calls: Call[], rate: number): Promise<Response[]> {
	const start = performance.now();
	const pending: Array<Promise<Response>> = [];
	for (const [index, call] of calls.entries()) {
		await sleep(Math.max(0, start + (index * 1000) / rate - performance.now()));
		pending.push(send(url, call));
	}
	return await Promise.all(pending);
}

async function send(url: string, { kind, body }: Call): Promise<Response> {
	const secret = kind === 'forged' ? 'whsec_forged' : WEBHOOK_SECRET;
	const headers = {
		'content-type': 'application/json',
		[AUTH_HEADER.name]: AUTH_HEADER.value,
		'sync-signature': createSignature(body, secret, Math.floor(Date.now() / 1000)),
	};
	const sentAt = performance.now();
	const response = await fetch(url, { method: 'POST', headers, body });
	await response.text();
	return { kind, status: response.status, ms: performance.now() - sentAt };
}

/** Waits until no execution of a workflow is running, and returns their number. */
async function waitForExecutions(
	client: Testbed['client'],
	{ id, name }: StoredWorkflow,
): Promise<number> {
	await waitFor(
		async () => ((await client.countExecutions(id, ['new', 'running'])) === 0 ? true : undefined),
		END_TIMEOUT,
		() => `executions of "${name}" have not ended`,
	);
	const [all, successful] = [
		await client.countExecutions(id),
		await client.countExecutions(id, ['success']),
	];
	if (all !== successful) throw new Error(`${all - successful} executions of "${name}" failed`);
	return all;
}
