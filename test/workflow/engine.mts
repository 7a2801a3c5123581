import { inspect } from 'node:util';

import { parse, stringify } from 'flatted';
import { DirectoryLoader, ExecutionLifecycleHooks, RoutingNode, WorkflowExecute } from 'n8n-core';
import type { ExecuteContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialsHelper,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeType,
	INodeTypes,
	IRun,
	IRunExecutionData,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { createRunExecutionData, Workflow } from 'n8n-workflow';
import { SyncApi } from '../../credentials/SyncApi.credentials.ts';
import { SyncAsset } from '../../nodes/SyncAsset/SyncAsset.node.ts';
import { SyncGeneration } from '../../nodes/SyncGeneration/SyncGeneration.node.ts';
import { EVALUATE, evaluateNode, PASS_ON, passOnNode, TRIGGER, triggerNode } from './stubNodes.mts';
import { SYNC_ASSET, SYNC_GENERATION } from './syncNode.mts';

/** The credential's values in every test that does not bring its own. */
export const CREDENTIAL = {
	apiKey: 'sk-test-4f1d9c7e',
	baseUrl: 'https://api.sync.so',
	webhookSecret: 'whsec_test',
};

/** The result of a whole workflow. */
export interface WorkflowResult {
	run: IRun;
	/** What a node put out. Output 0 is the first; output 1 of the node under test is its error output. */
	items: (nodeName: string, output?: number) => INodeExecutionData[];
}

/** Does to a node type what n8n does when it loads a package: request options, and an `execute` for routing. */
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

/** The node types that a workflow of the tests may hold. */
export function nodeTypes(more: Record<string, INodeType> = {}): INodeTypes {
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

/** Stands in for n8n's store of credentials; the request is signed by the real credential class. */
export function credentialsHelper(data: ICredentialDataDecryptedObject): ICredentialsHelper {
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

/** What n8n hands to every node of an execution. Each has an ID of its own, as in n8n. */
export function additionalData(
	workflow: IWorkflowBase,
	credential: ICredentialDataDecryptedObject,
): IWorkflowExecuteAdditionalData {
	const executionId = String(++executions);
	return {
		executionId,
		currentNodeExecutionIndex: 0,
		credentialsHelper: credentialsHelper(credential),
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

/** n8n's own workflow object for a workflow's JSON. */
export const loadWorkflow = (json: IWorkflowBase, types: INodeTypes): Workflow =>
	new Workflow({ ...json, nodeTypes: types, active: false });

/** Starts a workflow as n8n's engine does, with the given items out of its trigger. Gives the ID of the execution too. */
export function startWorkflow(
	json: IWorkflowBase,
	items: INodeExecutionData[],
	credential: ICredentialDataDecryptedObject = CREDENTIAL,
	more: Record<string, INodeType> = {},
	executionId?: string,
) {
	const workflow = loadWorkflow(json, nodeTypes(more));
	const start = workflow.getStartNode() as INode;
	const runData = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [{ node: start, data: { main: [items] }, source: null }],
		},
	});
	const data = { ...additionalData(json, credential), ...(executionId && { executionId }) };
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
 * Runs an execution that has failed again, as n8n's Retry does: from the node that has failed, with what was stored of it.
 *
 * @param json the workflow as it is now
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
	const workflow = loadWorkflow(json, nodeTypes());
	for (const entry of stored.executionData?.nodeExecutionStack ?? []) {
		entry.node = workflow.getNode(entry.node.name) as INode;
	}
	const data = { ...additionalData(json, credential), ...(executionId && { executionId }) };
	return readResult(await execute(workflow, stored, data));
}

/** Runs a workflow to its end. A workflow that fails does not throw: the error is in `run`. */
export async function runWorkflow(
	...args: Parameters<typeof startWorkflow>
): Promise<WorkflowResult> {
	return readResult(await startWorkflow(...args));
}

/** What came of a run. */
export const readResult = (run: IRun): WorkflowResult => ({
	run,
	items: (nodeName, output = 0) =>
		run.data.resultData.runData[nodeName]?.at(-1)?.data?.main[output] ?? [],
});

/** All that a run holds: hidden properties, stacks and causes too. */
export const inspectAll = (run: unknown): string =>
	inspect(run, {
		depth: Infinity,
		showHidden: true,
		maxArrayLength: Infinity,
		maxStringLength: Infinity,
	});
