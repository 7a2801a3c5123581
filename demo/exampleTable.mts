import type { INode, INodeParameters } from 'n8n-workflow';

import type { DataTableColumn, N8nClient, WorkflowJson } from '../n8n/client.mts';

/** The data table that an example creates and uses. */
export interface ExampleTable {
	/** Returns a workflow that uses the table as this n8n needs it. */
	adapt: (workflow: WorkflowJson) => WorkflowJson;
	/** Lets the client delete the table with everything else that the demo creates. Call it after the run. */
	adopt: () => Promise<void>;
}

const isTable = ({ type }: INode): boolean => type === 'n8n-nodes-base.dataTable';
const createsTable = (node: INode): boolean =>
	isTable(node) && node.parameters.resource === 'table';

const unchanged = (workflow: WorkflowJson): WorkflowJson => workflow;

/**
 * Prepares the table of an example, if it has one. In n8n 1.x, this does what the example tells users to do there.
 *
 * @throws Error if n8n already has a table with that name, which then is not one of the demo
 */
export async function prepareTable(
	client: N8nClient,
	workflow: WorkflowJson,
): Promise<ExampleTable> {
	const creating = workflow.nodes.find(createsTable);
	if (!creating) return { adapt: unchanged, adopt: async () => {} };
	const { tableName, columns } = creating.parameters as INodeParameters & {
		tableName: string;
		columns: { column: DataTableColumn[] };
	};
	if (await client.findDataTable(tableName)) {
		throw new Error(
			`This n8n already has a data table “${tableName}”, which the demo won't change`,
		);
	}
	const adopt = async () => {
		const id = await client.findDataTable(tableName);
		if (id) client.adoptDataTable(id);
	};
	const { n8n } = await client.about();
	if (!n8n.startsWith('1.')) return { adapt: unchanged, adopt };
	const tableId = await client.createDataTable(tableName, columns.column);
	return { adapt: (json) => selectTable(json, tableId), adopt };
}

/** Selects a table from the list in all nodes, and removes the node that creates it, which n8n 1.x doesn't have. */
function selectTable(workflow: WorkflowJson, tableId: string): WorkflowJson {
	const nodes = workflow.nodes.map((node) => {
		if (!isTable(node)) return node;
		// Passes its input through, like a connection past the removed node.
		if (createsTable(node)) return { ...node, type: 'n8n-nodes-base.noOp', parameters: {} };
		const dataTableId = { __rl: true, mode: 'list', value: tableId };
		return { ...node, parameters: { ...node.parameters, dataTableId } };
	});
	return { ...workflow, nodes };
}
