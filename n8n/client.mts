import { parse } from 'flatted';
import type {
	ExecutionStatus,
	IConnections,
	INode,
	IPinData,
	IWorkflowSettings,
} from 'n8n-workflow';

import { END_STATUSES, type Execution, type ExecutionSummary } from './execution.mts';
import { RestError, RestSession } from './rest.mts';
import { waitFor } from './wait.mts';

/** How long (ms) an execution may take when the caller says nothing else. */
const EXECUTION_LIMIT = 120_000;

/** n8n 2.x activates a workflow some seconds after it said so. */
const ACTIVATION_LIMIT = 30_000;

/** The person who owns the n8n instance; needed for every login, in the browser too. */
export interface Owner {
	email: string;
	firstName: string;
	lastName: string;
	password: string;
}

/** The owner we set up on an n8n of ours, on this machine only. */
export const OWNER: Owner = {
	email: 'owner@example.com',
	firstName: 'Demo',
	lastName: 'Owner',
	password: 'SyncDemo2026',
};

/** A workflow as exported from n8n; anything more in the file (id, tags, meta) is left aside. */
export interface WorkflowJson {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	pinData?: IPinData;
}

/** A workflow that n8n has stored. */
export interface StoredWorkflow extends WorkflowJson {
	id: string;
	versionId: string;
}

/** A credential's kind and values, in clear. */
export interface CredentialData {
	name: string;
	type: string;
	data: Record<string, string | number | boolean>;
}

/** How nodes refer to a stored credential. */
export interface StoredCredential {
	id: string;
	name: string;
}

/** What n8n shows after a credential was tested. */
export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

/** What a webhook answered. */
export interface WebhookAnswer {
	status: number;
	body: string;
}

/** Uses an n8n of ours as its editor does. */
export class N8nClient {
	private constructor(
		private readonly rest: RestSession,
		/** The owner's personal project, where everything is stored. */
		private readonly projectId: string,
	) {}

	/** Logs in as the owner, whom it sets up first on a new n8n. @throws RestError */
	static async connect(url: string, owner: Owner = OWNER): Promise<N8nClient> {
		const rest = new RestSession(url);
		try {
			await rest.request('POST', '/owner/setup', owner);
		} catch (error) {
			if (!(error instanceof RestError) || error.status !== 400) throw error;
			const { email: emailOrLdapLoginId, password } = owner;
			await rest.request('POST', '/login', { emailOrLdapLoginId, password });
		}
		const { id } = await rest.request<{ id: string }>('GET', '/projects/personal');
		return new N8nClient(rest, id);
	}

	/** What n8n says of itself: its version, that of the Node.js it runs on, and where it keeps files. */
	async about(): Promise<{ n8n: string; node: string; binaryDataMode: string }> {
		const { versionCli, nodeJsVersion, binaryDataMode } = await this.rest.request<
			Record<string, string>
		>('GET', '/settings');
		return { n8n: versionCli, node: nodeJsVersion, binaryDataMode };
	}

	/** The names of all node types n8n has loaded, such as `n8n-nodes-base.set`. */
	async nodeTypes(): Promise<string[]> {
		const types = (await this.rest.fetchJson('GET', '/types/nodes.json')) as { name: string }[];
		return [...new Set(types.map(({ name }) => name))];
	}

	/** Stores a credential. */
	async createCredential(credential: CredentialData): Promise<StoredCredential> {
		return await this.rest.request('POST', '/credentials', credential);
	}

	/** Gives a stored credential new values, all of them. */
	async updateCredential(id: string, credential: CredentialData): Promise<StoredCredential> {
		return await this.rest.request('PATCH', `/credentials/${id}`, credential);
	}

	/** Removes a credential. */
	async deleteCredential(id: string): Promise<void> {
		await this.rest.request('DELETE', `/credentials/${id}`);
	}

	/**
	 * Tests a credential's values, as the editor does when one is saved.
	 *
	 * @param id the stored credential they belong to; without it, one is stored for the time of the test
	 */
	async testCredential(credential: CredentialData, id?: string): Promise<CredentialTestResult> {
		if (id !== undefined) {
			const credentials = { ...credential, id };
			return await this.rest.request('POST', '/credentials/test', { credentials });
		}
		const stored = await this.createCredential(credential);
		try {
			return await this.testCredential(credential, stored.id);
		} finally {
			await this.deleteCredential(stored.id);
		}
	}

	/** Stores a workflow, not active. Credentials in it that have no ID are found by their names. */
	async createWorkflow(workflow: WorkflowJson): Promise<StoredWorkflow> {
		const { name, nodes, connections, settings = { executionOrder: 'v1' }, pinData } = workflow;
		const { projectId } = this;
		const body = { name, nodes, connections, settings, pinData, active: false, projectId };
		return await this.rest.request('POST', '/workflows', body);
	}

	/** Removes a workflow with its executions. */
	async deleteWorkflow(id: string): Promise<void> {
		// n8n deletes what is archived only.
		await this.rest.request('POST', `/workflows/${id}/archive`, {});
		await this.rest.request('DELETE', `/workflows/${id}`);
	}

	/**
	 * Runs a stored workflow from its manual trigger and waits for the end, whether good or bad: look at `status`.
	 *
	 * @throws Error when it takes longer than `limit` ms
	 */
	async run(
		workflow: StoredWorkflow,
		{ trigger, limit }: { trigger?: string; limit?: number } = {},
	): Promise<Execution> {
		return await this.waitForExecution(await this.start(workflow, trigger), { limit });
	}

	/**
	 * Starts a stored workflow as the editor's Execute Workflow button does, and gives the execution's id.
	 *
	 * @param trigger the name of the trigger node; default: the Manual Trigger
	 */
	async start(workflow: StoredWorkflow, trigger = manualTriggerOf(workflow)): Promise<string> {
		// 1.x takes the workflow from the request, 2.x takes the stored one.
		const body = { workflowData: workflow, triggerToStartFrom: { name: trigger } };
		const path = `/workflows/${workflow.id}/run`;
		const answer = await this.rest.request<{ executionId?: string }>('POST', path, body);
		if (answer.executionId !== undefined) return answer.executionId;
		throw new Error(`"${workflow.name}" did not start: n8n answered ${JSON.stringify(answer)}`);
	}

	/** Ends an execution as the editor's Stop button does. */
	async stop(executionId: string): Promise<void> {
		await this.rest.request('POST', `/executions/${executionId}/stop`);
	}

	/**
	 * Retries a failed execution as the executions list does, waits until the retry ends, and gives its id.
	 *
	 * The retry starts at the node that failed, with the input and the context data that n8n stored for it.
	 *
	 * @param loadWorkflow whether to use the workflow as it is saved now, instead of as it was when the execution started
	 * @throws RestError when n8n can't retry the execution, for example because it succeeded
	 */
	async retryExecution(
		executionId: string,
		{ loadWorkflow = false }: { loadWorkflow?: boolean } = {},
	): Promise<string> {
		const path = `/executions/${executionId}/retry`;
		return (await this.rest.request<{ id: string }>('POST', path, { loadWorkflow })).id;
	}

	/**
	 * Waits until an execution is over, or has one of the statuses in `until`.
	 *
	 * @throws Error when it takes longer than `limit` ms (default 2 minutes)
	 */
	async waitForExecution(
		id: string,
		{
			until = END_STATUSES,
			limit = EXECUTION_LIMIT,
		}: { until?: ExecutionStatus[]; limit?: number } = {},
	): Promise<Execution> {
		let status = 'not there';
		const stored = await waitFor(
			async () => {
				const found = await this.rest.request<StoredExecution>('GET', `/executions/${id}`);
				status = found.status;
				return until.includes(found.status) ? found : undefined;
			},
			limit,
			() => `execution ${id} is ${status}, not ${until.join(' or ')}`,
		);
		return unpack(stored);
	}

	/** An execution with all its data, whatever its status. */
	async execution(id: string): Promise<Execution> {
		return unpack(await this.rest.request<StoredExecution>('GET', `/executions/${id}`));
	}

	/** The latest executions of a workflow, the newest first. */
	async executionsOf(workflowId: string, limit = 20): Promise<ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const path = `/executions?filter=${filter}&limit=${limit}`;
		return (await this.rest.request<{ results: ExecutionSummary[] }>('GET', path)).results;
	}

	/** Waits for the first execution that a trigger of a workflow starts, and gives its id. */
	async firstExecutionOf(workflowId: string): Promise<string> {
		return await waitFor(
			async () => (await this.executionsOf(workflowId)).at(-1)?.id,
			EXECUTION_LIMIT,
			() => `workflow ${workflowId} has not been started`,
		);
	}

	/** Activates (publishes) a workflow. Its webhooks answer a little later: `callWebhook` waits for that. */
	async activate(workflow: StoredWorkflow): Promise<void> {
		const { id, versionId } = workflow;
		await this.rest.request('POST', `/workflows/${id}/activate`, { versionId });
	}

	/** Takes a workflow's triggers out of service. */
	async deactivate(workflow: StoredWorkflow): Promise<void> {
		await this.rest.request('POST', `/workflows/${workflow.id}/deactivate`, {});
	}

	/**
	 * Calls a production webhook of an activated workflow, as an outside service would.
	 *
	 * @param path what stands after `/webhook/`
	 * @throws Error when n8n does not know the webhook after half a minute
	 */
	async callWebhook(
		path: string,
		request: RequestInit = { method: 'POST' },
	): Promise<WebhookAnswer> {
		const address = `${this.rest.url}/webhook/${path}`;
		return await waitFor(
			async () => {
				const response = await fetch(address, request);
				const body = await response.text();
				const unknown = response.status === 404 && body.includes('is not registered');
				return unknown ? undefined : { status: response.status, body };
			},
			ACTIVATION_LIMIT,
			() => `n8n does not know the webhook ${address}`,
		);
	}
}

/** An execution as n8n's REST gives it: its data is packed, because it holds the same objects many times. */
type StoredExecution = Omit<Execution, 'data'> & { data: string };

function unpack(stored: StoredExecution): Execution {
	return { ...stored, data: parse(stored.data) as Execution['data'] };
}

function manualTriggerOf(workflow: StoredWorkflow): string {
	const found = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
	if (found) return found.name;
	throw new Error(`"${workflow.name}" has no Manual Trigger: name the trigger to start from`);
}
