import { parse } from 'flatted';
import {
	ExecutionStatusList,
	type ExecutionStatus,
	type IConnections,
	type INode,
	type IPinData,
	type IWorkflowSettings,
} from 'n8n-workflow';

import { END_STATUSES, type Execution, type ExecutionSummary } from './execution.mts';
import { callRegistered, type WebhookResponse } from './registration.mts';
import { RestError, RestSession } from './rest.mts';
import { waitFor } from './wait.mts';

/** The default timeout for an execution, in ms. */
const EXECUTION_TIMEOUT = 120_000;

/** In ms. n8n 2.x activates triggers some seconds after it reports the workflow as active, with retries. */
const ACTIVATION_TIMEOUT = 30_000;

/** What a user logs in with. */
export interface Login {
	email: string;
	password: string;
}

/** The owner account of an n8n instance. */
export interface Owner extends Login {
	firstName: string;
	lastName: string;
}

/** The owner account of the instances that we start, which only this machine can reach. */
export const OWNER: Owner = {
	email: 'owner@example.com',
	firstName: 'Demo',
	lastName: 'Owner',
	password: 'SyncDemo2026',
};

/** A workflow as exported from n8n. Other fields of the file (id, tags, meta) are ignored. */
export interface WorkflowJson {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	pinData?: IPinData;
}

/** A workflow that is stored in n8n. */
export interface StoredWorkflow extends WorkflowJson {
	id: string;
	versionId: string;
}

/** A credential, not encrypted. */
export interface CredentialData {
	name: string;
	type: string;
	data: Record<string, string | number | boolean>;
}

/** A reference to a credential that is stored in n8n. */
export interface StoredCredential {
	id: string;
	name: string;
}

/** The result of a credential test, as n8n's editor shows it. */
export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

/** A data table. */
interface DataTable {
	id: string;
	name: string;
}

/** A column of a data table. */
export interface DataTableColumn {
	name: string;
	type: 'string' | 'number' | 'boolean' | 'date';
}

/** Uses the REST API of n8n as its editor does. */
export class N8nClient {
	/** The credentials that this client created, by name. The last one counts. */
	private readonly credentials = new Map<string, StoredCredential>();

	/** The IDs of what this client created. */
	private readonly credentialIds = new Set<string>();
	private readonly workflowIds = new Set<string>();
	private readonly dataTableIds = new Set<string>();

	private constructor(
		private readonly rest: RestSession,
		/** The owner's personal project. */
		private readonly projectId: string,
	) {}

	/** Logs in as the owner. On a new n8n, creates the owner account first. @throws RestError */
	static async connect(url: string, owner: Owner = OWNER): Promise<N8nClient> {
		const rest = new RestSession(url);
		try {
			await rest.request('POST', '/owner/setup', owner);
		} catch (error) {
			if (!(error instanceof RestError) || error.status !== 400) throw error;
			await logIn(rest, owner);
		}
		return await N8nClient.open(rest);
	}

	/** Logs in to an n8n that somebody else runs. @throws RestError, or TypeError if it can't be reached */
	static async logIn(url: string, user: Login): Promise<N8nClient> {
		const rest = new RestSession(url);
		await logIn(rest, user);
		return await N8nClient.open(rest);
	}

	private static async open(rest: RestSession): Promise<N8nClient> {
		const { id } = await rest.request<{ id: string }>('GET', '/projects/personal');
		return new N8nClient(rest, id);
	}

	/** The base URL of n8n, without a trailing slash. */
	get url(): string {
		return this.rest.url;
	}

	/** Returns the versions of n8n and its Node.js, and where n8n stores binary data. */
	async about(): Promise<{ n8n: string; node: string; binaryDataMode: string }> {
		const { versionCli, nodeJsVersion, binaryDataMode } = await this.rest.request<
			Record<string, string>
		>('GET', '/settings');
		return { n8n: versionCli, node: nodeJsVersion, binaryDataMode };
	}

	/** Lists the names of all node types that n8n loaded, such as `n8n-nodes-base.set`. */
	async listNodeTypes(): Promise<string[]> {
		const types = (await this.rest.fetchJson('GET', '/types/nodes.json')) as { name: string }[];
		return [...new Set(types.map(({ name }) => name))];
	}

	/** Stores a credential. */
	async createCredential(credential: CredentialData): Promise<StoredCredential> {
		const stored = await this.rest.request<StoredCredential>('POST', '/credentials', credential);
		this.credentials.set(stored.name, stored);
		this.credentialIds.add(stored.id);
		return stored;
	}

	/** Lists the stored credentials. */
	async listCredentials(): Promise<StoredCredential[]> {
		return await this.rest.request('GET', '/credentials');
	}

	/** Replaces a stored credential. */
	async updateCredential(id: string, credential: CredentialData): Promise<StoredCredential> {
		return await this.rest.request('PATCH', `/credentials/${id}`, credential);
	}

	/** Deletes a credential. */
	async deleteCredential(id: string): Promise<void> {
		await this.rest.request('DELETE', `/credentials/${id}`);
		this.credentialIds.delete(id);
	}

	/**
	 * Tests a credential, as the editor does when a user saves it.
	 *
	 * @param id the stored credential. Without it, the credential is stored temporarily.
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

	/** Creates an inactive workflow. Credentials without ID are those that this client created with that name. */
	async createWorkflow(workflow: WorkflowJson): Promise<StoredWorkflow> {
		const { name, connections, settings = { executionOrder: 'v1' }, pinData } = workflow;
		const { projectId } = this;
		const nodes = workflow.nodes.map((node) => this.fillCredentials(node));
		const body = { name, nodes, connections, settings, pinData, active: false, projectId };
		const stored = await this.rest.request<StoredWorkflow>('POST', '/workflows', body);
		this.workflowIds.add(stored.id);
		return stored;
	}

	private fillCredentials({ credentials, ...node }: INode): INode {
		// n8n's editor treats an empty list as a credential that was chosen.
		if (!credentials) return node;
		const filled = Object.entries(credentials).map(([type, credential]) => {
			const created = this.credentials.get(credential.name);
			return [type, credential.id || !created ? credential : { ...credential, id: created.id }];
		});
		return { ...node, credentials: Object.fromEntries(filled) as INode['credentials'] };
	}

	/** Lists the stored workflows. */
	async listWorkflows(): Promise<Array<Pick<StoredWorkflow, 'id' | 'name'>>> {
		return await this.rest.request('GET', '/workflows');
	}

	/** Deletes a workflow and its executions. */
	async deleteWorkflow(id: string): Promise<void> {
		// n8n deletes only archived workflows. It refuses to archive one twice, so only the deletion has to succeed.
		await this.rest.request('POST', `/workflows/${id}/archive`, {}).catch(ignoreRefusal);
		await this.rest.request('DELETE', `/workflows/${id}`);
		this.workflowIds.delete(id);
	}

	/** Finds a data table by its name, and returns its ID. */
	async findDataTable(name: string): Promise<string | undefined> {
		const filter = encodeURIComponent(JSON.stringify({ name }));
		const path = `${this.dataTablesPath}?filter=${filter}&take=250`;
		const { data } = await this.rest.request<{ data: DataTable[] }>('GET', path);
		// n8n finds all names that contain this one.
		return data.find((table) => table.name === name)?.id;
	}

	/** Creates a data table, and returns its ID. */
	async createDataTable(name: string, columns: DataTableColumn[]): Promise<string> {
		const body = { name, columns };
		const { id } = await this.rest.request<DataTable>('POST', this.dataTablesPath, body);
		this.dataTableIds.add(id);
		return id;
	}

	/** Marks a data table that a workflow created for deletion. */
	adoptDataTable(id: string): void {
		this.dataTableIds.add(id);
	}

	private get dataTablesPath(): string {
		return `/projects/${this.projectId}/data-tables`;
	}

	private async deleteDataTable(id: string): Promise<void> {
		await this.rest.request('DELETE', `${this.dataTablesPath}/${id}`);
		this.dataTableIds.delete(id);
	}

	/**
	 * Deletes the workflows, credentials and data tables that this client created, for an n8n that is used for other
	 * things, too. What was deleted already is fine.
	 *
	 * @throws Error that names what remains. All else is deleted.
	 */
	async deleteCreated(): Promise<void> {
		const remaining: string[] = [];
		const deleteAll = async (
			kind: string,
			ids: Set<string>,
			deleteOne: (id: string) => Promise<void>,
		) => {
			for (const id of [...ids]) {
				await deleteOne(id).catch((error: Error) => {
					if (!isNotFound(error)) remaining.push(`${kind} ${id} (${error.message})`);
				});
			}
		};
		// Credentials first: they can hold API keys.
		await deleteAll(
			'credential',
			this.credentialIds,
			async (id) => await this.deleteCredential(id),
		);
		await deleteAll('workflow', this.workflowIds, async (id) => await this.deleteWorkflow(id));
		await deleteAll('data table', this.dataTableIds, async (id) => await this.deleteDataTable(id));
		if (remaining.length === 0) return;
		throw new Error(`Delete in n8n what could not be deleted: ${remaining.join(', ')}`);
	}

	/**
	 * Runs a workflow from its manual trigger and waits until it ends. The `status` tells whether it succeeded.
	 *
	 * @throws Error if it takes longer than `timeout` ms. It is then stopped.
	 */
	async run(
		workflow: StoredWorkflow,
		{ trigger, timeout }: { trigger?: string; timeout?: number } = {},
	): Promise<Execution> {
		const id = await this.start(workflow, trigger);
		try {
			return await this.waitForExecution(id, { timeout });
		} catch (error) {
			await this.stop(id).catch(ignoreRefusal);
			throw error;
		}
	}

	/**
	 * Starts a workflow like the editor's Execute Workflow button, and returns the execution ID.
	 *
	 * @param trigger the name of the trigger node. Default: the Manual Trigger
	 */
	async start(workflow: StoredWorkflow, trigger = findManualTrigger(workflow)): Promise<string> {
		// n8n 1.x runs the workflow in the request, 2.x the stored one.
		const body = { workflowData: workflow, triggerToStartFrom: { name: trigger } };
		const path = `/workflows/${workflow.id}/run`;
		const response = await this.rest.request<{ executionId?: string }>('POST', path, body);
		if (response.executionId !== undefined) return response.executionId;
		throw new Error(
			`"${workflow.name}" did not start: n8n responded with ${JSON.stringify(response)}`,
		);
	}

	/** Stops an execution like the editor's Stop button. */
	async stop(executionId: string): Promise<void> {
		await this.rest.request('POST', `/executions/${executionId}/stop`);
	}

	/**
	 * Retries a failed execution like the executions list, waits until the retry ends, and returns its ID.
	 *
	 * The retry starts at the node that failed, with the input and the context data that n8n stored for it.
	 *
	 * @param loadWorkflow whether to use the workflow as it is saved now, instead of as it was when the execution started
	 * @throws RestError if n8n can't retry the execution, for example because it succeeded
	 */
	async retryExecution(
		executionId: string,
		{ loadWorkflow = false }: { loadWorkflow?: boolean } = {},
	): Promise<string> {
		const path = `/executions/${executionId}/retry`;
		return (await this.rest.request<{ id: string }>('POST', path, { loadWorkflow })).id;
	}

	/**
	 * Waits until an execution ends, or has one of the statuses in `until`.
	 *
	 * @throws Error if it takes longer than `timeout` ms (default: 2 minutes)
	 */
	async waitForExecution(
		id: string,
		{
			until = END_STATUSES,
			timeout = EXECUTION_TIMEOUT,
		}: { until?: ExecutionStatus[]; timeout?: number } = {},
	): Promise<Execution> {
		let status = 'not found';
		const stored = await waitFor(
			async () => {
				const found = await this.rest.request<StoredExecution>('GET', `/executions/${id}`);
				status = found.status;
				return until.includes(found.status) ? found : undefined;
			},
			timeout,
			() => `execution ${id} is ${status}, not ${until.join(' or ')}`,
		);
		return unpack(stored);
	}

	/** Gets an execution with its data. */
	async getExecution(id: string): Promise<Execution> {
		return unpack(await this.rest.request<StoredExecution>('GET', `/executions/${id}`));
	}

	/** Lists the latest executions of a workflow, newest first. */
	async listExecutions(workflowId: string, limit = 20): Promise<ExecutionSummary[]> {
		return (await this.findExecutions(workflowId, ExecutionStatusList, limit)).results;
	}

	/** Counts the executions of a workflow. @param status only those with one of these statuses */
	async countExecutions(
		workflowId: string,
		status: readonly ExecutionStatus[] = ExecutionStatusList,
	): Promise<number> {
		return (await this.findExecutions(workflowId, status, 1)).count;
	}

	/**
	 * Finds the executions of a workflow that have one of some statuses. Without statuses, n8n looks for running and for
	 * ended executions in two queries: it may list one that ends in between twice or not at all, and counts only the ended
	 * ones.
	 */
	private async findExecutions(
		workflowId: string,
		status: readonly ExecutionStatus[],
		limit: number,
	): Promise<{ results: ExecutionSummary[]; count: number }> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId, status }));
		return await this.rest.request('GET', `/executions?filter=${filter}&limit=${limit}`);
	}

	/**
	 * Waits until triggers have started at least this many executions of a workflow, and lists them, newest first.
	 * n8n 1.x responds to the call of a webhook before it stores the execution.
	 */
	async waitForExecutions(workflowId: string, count = 1): Promise<ExecutionSummary[]> {
		return await waitFor(
			async () => {
				const executions = await this.listExecutions(workflowId);
				return executions.length < count ? undefined : executions;
			},
			EXECUTION_TIMEOUT,
			() => `workflow ${workflowId} has fewer than ${count} executions`,
		);
	}

	/** Activates (publishes) a workflow. n8n registers its webhooks a little later, which `callWebhook` waits for. */
	async activate(workflow: StoredWorkflow): Promise<void> {
		const { id, versionId } = workflow;
		await this.rest.request('POST', `/workflows/${id}/activate`, { versionId });
	}

	/**
	 * Activates a workflow and waits until its triggers are activated.
	 *
	 * @throws Error with the message of a trigger that refuses it. n8n 1.x reports it at once, 2.x as a status.
	 */
	async activateTriggers(workflow: StoredWorkflow): Promise<void> {
		await this.activate(workflow);
		const path = `/workflows/${workflow.id}/publication-status`;
		const { triggers } = await waitFor(
			async () => {
				const found = await this.rest.request<PublicationStatus>('GET', path).catch(ignoreNotFound);
				return found.status === 'in_progress' ? undefined : found;
			},
			ACTIVATION_TIMEOUT,
			() => `the triggers of "${workflow.name}" are not activated`,
		);
		const refused = triggers.find(({ errorMessage }) => errorMessage);
		if (refused) throw new Error(`${refused.errorMessage}`);
	}

	/** Deactivates (unpublishes) a workflow. */
	async deactivate(workflow: StoredWorkflow): Promise<void> {
		await this.rest.request('POST', `/workflows/${workflow.id}/deactivate`, {});
	}

	/**
	 * Calls a production webhook of an active workflow, and waits until it is registered.
	 *
	 * @param path the part of the URL after `/webhook/`
	 * @throws Error if n8n doesn't register the webhook within half a minute
	 */
	async callWebhook(
		path: string,
		request: RequestInit = { method: 'POST' },
	): Promise<WebhookResponse> {
		return await callRegistered(`${this.rest.url}/webhook/${path}`, request);
	}

	/**
	 * Submits a form of an active workflow, once it is registered.
	 *
	 * @param path the part of the URL after `/form/`
	 * @param body the fields `field-0`, `field-1` …
	 * @throws Error if n8n doesn't accept it
	 */
	async submitForm(path: string, body: FormData): Promise<void> {
		const url = `${this.rest.url}/form/${path}`;
		const response = await callRegistered(url, { method: 'POST', body });
		if (response.status !== 200) {
			throw new Error(`n8n responded to the form ${url} with ${response.status}: ${response.body}`);
		}
	}
}

/** How far n8n 2.x is with activating the triggers of a workflow. */
interface PublicationStatus {
	status: string;
	triggers: Array<{ errorMessage?: string | null }>;
}

const isNotFound = (error: unknown): boolean => error instanceof RestError && error.status === 404;

/** Ignores a request that n8n refused. @throws any other error */
function ignoreRefusal(error: unknown): void {
	if (!(error instanceof RestError)) throw error;
}

/** n8n 1.x has no such status: its triggers are active already. */
function ignoreNotFound(error: unknown): PublicationStatus {
	if (isNotFound(error)) return { status: 'none', triggers: [] };
	throw error;
}

async function logIn(rest: RestSession, { email, password }: Login): Promise<void> {
	await rest.request('POST', '/login', { emailOrLdapLoginId: email, password });
}

/** An execution as n8n's REST API returns it, with its data serialized by flatted. */
type StoredExecution = Omit<Execution, 'data'> & { data: string };

function unpack(stored: StoredExecution): Execution {
	return { ...stored, data: parse(stored.data) as Execution['data'] };
}

function findManualTrigger(workflow: StoredWorkflow): string {
	const found = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
	if (found) return found.name;
	throw new Error(`"${workflow.name}" has no Manual Trigger. Specify the trigger to start from.`);
}
