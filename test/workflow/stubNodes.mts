import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

/** One of the names by which n8n finds where to start. */
export const TRIGGER = 'n8n-nodes-base.manualTrigger';
export const PASS_ON = 'test.passOn';
export const EVALUATE = 'test.evaluate';

const description = (
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

/** Gives the items that the workflow is started with. */
export const triggerNode: INodeType = {
	description: description('trigger', { group: ['trigger'], inputs: [] }),
	execute: passOn,
};

/** Gives what it gets, as n8n's No Operation does. */
export const passOnNode: INodeType = { description: description('passOn'), execute: passOn };

/** Puts `value`, an expression, beside the JSON of every item. */
export const evaluateNode: INodeType = {
	description: description('evaluate', {
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
