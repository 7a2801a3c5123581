import {
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';

/** One of the types that n8n starts a workflow with. */
export const TRIGGER = 'n8n-nodes-base.manualTrigger';
/** The type of a node that outputs its input. */
export const PASS_ON = 'test.passOn';
/** The type of a node that evaluates an expression for each item. */
export const EVALUATE = 'test.evaluate';

/** Describes a node type with one input and one output. @param more overrides parts of the description */
export const describeNode = (
	name: string,
	more: Partial<INodeTypeDescription> = {},
): INodeTypeDescription => ({
	displayName: name,
	name,
	group: ['transform'],
	version: 1,
	description: '',
	defaults: { name },
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main],
	properties: [],
	...more,
});

function passOn(this: IExecuteFunctions) {
	return Promise.resolve([this.getInputData()]);
}

/** Outputs the items that the workflow is started with. */
export const triggerNode: INodeType = {
	description: describeNode('trigger', { group: ['trigger'], inputs: [] }),
	execute: passOn,
};

/** Outputs its input, as n8n's No Operation does. */
export const passOnNode: INodeType = { description: describeNode('passOn'), execute: passOn };

/** Adds `value`, an expression, to the JSON of each item. */
export const evaluateNode: INodeType = {
	description: describeNode('evaluate', {
		properties: [{ displayName: 'Value', name: 'value', type: 'string', default: '' }],
	}),
	execute() {
		return Promise.resolve([
			this.getInputData().map(({ json }, item) => ({
				json: { ...json, value: this.getNodeParameter('value', item) as string },
				pairedItem: { item },
			})),
		]);
	},
};
