import { inspect } from 'node:util';
import { parse, stringify } from 'flatted';
import {
	DirectoryLoader,
	type ExecuteContext,
	ExecutionLifecycleHooks,
	RoutingNode,
	WorkflowExecute,
} from 'n8n-core';
import {
	createRunExecutionData,
	type ICredentialDataDecryptedObject,
	type ICredentialsHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IRunExecutionData,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
	Workflow,
} from 'n8n-workflow';

import { SyncApi } from '../../credentials/SyncApi.credentials.ts';
import { SYNC_ASSET, SYNC_GENERATION } from '../../n8n/syncNodes.mts';
import { SyncAsset } from '../../nodes/SyncAsset/SyncAsset.node.ts';
import { SyncGeneration } from '../../nodes/SyncGeneration/SyncGeneration.node.ts';
import { EVALUATE, evaluateNode, PASS_ON, passOnNode, TRIGGER, triggerNode } from './stubNodes.mts';

/** The default values of the credential. */
export const CREDENTIAL = {
	apiKey: 'sk-test-4f1d9c7e',
	baseUrl: 'https://api.sync.so',
	webhookSecret: 'whsec_test',
};

/** The result of a workflow. */
export interface WorkflowResult {
	run: IRun;
	/** Gets the items of a node's output. Output 1 of the node under test is its error output. */
	getItems: (nodeName: string, output?: number) => INodeExecutionData[];
}

/** Prepares a node type as n8n does when it loads a package: adds request options, and an `execute` for routing. */
export function prepareNodeType(nodeType: INodeType): INodeType {
	DirectoryLoader.applyDeclarativeNodeOptionParameters(nodeType);
	if (!nodeType.execute && nodeType.description.requestDefaults) {
		nodeType.execute = async function (this) {
			const routing = new RoutingNode(this as unknown as ExecuteContext, nodeType);
			return (await routing.runNode()) ?? [];
		};
	}
	return nodeType;
}

/** Creates the node types that test workflows can use. */
function createNodeTypes(more: Record<string, INodeType> = {}): INodeTypes {
	const all: Record<string, INodeType> = {
		[TRIGGER]: triggerNode,
		[PASS_ON]: passOnNode,
		[EVALUATE]: evaluateNode,
		[SYNC_ASSET]: prepareNodeType(new SyncAsset()),
		[SYNC_GENERATION]: prepareNodeType(new SyncGeneration()),
		...more,
	};
	return {
		getByName: (name) => all[name],
		getByNameAndVersion: (name) => all[name],
		getKnownTypes: () => ({}),
	};
}

/** Creates a replacement for n8n's credential store. The real credential class signs the requests. */
function createCredentialsHelper(data: ICredentialDataDecryptedObject): ICredentialsHelper {
	const { authenticate } = new SyncApi();
	const helper: Partial<ICredentialsHelper> = {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		authenticate: async (values, _type, request) =>
			await authenticate(values, request as IHttpRequestOptions),
		preAuthentication: () => Promise.resolve(undefined),
		getDecrypted: () => Promise.resolve({ ...data }),
	};
	return helper as ICredentialsHelper;
}

let executions = 0;

/** Creates what n8n passes to every node of an execution. Each execution has its own ID. */
function createAdditionalData(
	workflow: IWorkflowBase,
	credential: ICredentialDataDecryptedObject,
): IWorkflowExecuteAdditionalData {
	const executionId = String(++executions);
	return {
		executionId,
		currentNodeExecutionIndex: 0,
		credentialsHelper: createCredentialsHelper(credential),
		hooks: new ExecutionLifecycleHooks('manual', executionId, workflow),
		restApiUrl: '',
		instanceBaseUrl: '',
		formBaseUrl: '',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
		formTestBaseUrl: '',
		webhookBaseUrl: '',
		webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
		webhookTestBaseUrl: '',
		userId: 'user',
		variables: {},
		logAiEvent: () => undefined,
	} as unknown as IWorkflowExecuteAdditionalData;
}

/** Creates n8n's workflow object from JSON. */
export const loadWorkflow = (json: IWorkflowBase, types: INodeTypes): Workflow =>
	new Workflow({ ...json, nodeTypes: types, active: false });

/** Starts a workflow with n8n's engine. The trigger outputs the given items. The result has the execution ID too. */
export function startWorkflow(
	json: IWorkflowBase,
	items: INodeExecutionData[],
	credential: ICredentialDataDecryptedObject = CREDENTIAL,
	more: Record<string, INodeType> = {},
	executionId?: string,
) {
	const workflow = loadWorkflow(json, createNodeTypes(more));
	const start = workflow.getStartNode() as INode;
	const runData = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [{ node: start, data: { main: [items] }, source: null }],
		},
	});
	const data = { ...createAdditionalData(json, credential), ...(executionId && { executionId }) };
	return execute(workflow, runData, data);
}

function execute(
	workflow: Workflow,
	runData: IRunExecutionData,
	data: IWorkflowExecuteAdditionalData,
) {
	const engine = new WorkflowExecute(data, 'manual', runData);
	const running = engine.processRunExecutionData(workflow);
	return Object.assign(running, { executionId: String(data.executionId) });
}

/**
 * Retries a failed execution as n8n's Retry does: from the node that failed, with the stored data of the execution.
 *
 * @param json the workflow as it is saved now
 * @param executionId the ID of the new execution
 */
export async function retryWorkflow(
	json: IWorkflowBase,
	{ run }: WorkflowResult,
	credential: ICredentialDataDecryptedObject = CREDENTIAL,
	executionId?: string,
): Promise<WorkflowResult> {
	const stored = parse(stringify(run.data)) as IRunExecutionData;
	const { lastNodeExecuted, runData } = stored.resultData;
	delete stored.resultData.error;
	if (lastNodeExecuted) runData[lastNodeExecuted].pop();
	const workflow = loadWorkflow(json, createNodeTypes());
	for (const entry of stored.executionData?.nodeExecutionStack ?? []) {
		entry.node = workflow.getNode(entry.node.name) as INode;
	}
	const data = { ...createAdditionalData(json, credential), ...(executionId && { executionId }) };
	return readResult(await execute(workflow, stored, data));
}

/** Runs a workflow to its end. If it fails, this does not throw: the error is in `run`. */
export async function runWorkflow(
	...args: Parameters<typeof startWorkflow>
): Promise<WorkflowResult> {
	return readResult(await startWorkflow(...args));
}

/** Reads the result of a run. */
export const readResult = (run: IRun): WorkflowResult => ({
	run,
	getItems: (nodeName, output = 0) =>
		run.data.resultData.runData[nodeName]?.at(-1)?.data?.main[output] ?? [],
});

/** Converts everything in a run to text, including hidden properties, stacks and causes. */
export const inspectAll = (run: unknown): string =>
	inspect(run, {
		depth: Infinity,
		showHidden: true,
		maxArrayLength: Infinity,
		maxStringLength: Infinity,
	});
