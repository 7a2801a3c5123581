import type { IDataObject, IExecuteSingleFunctions, INode } from 'n8n-workflow';
import { FakeServer, NODE } from './fakeServer.mts';
import type { Responder } from './fakeServer.mts';

/** One run of a node, as n8n hands it to the node's items. */
export class FakeRun {
	/** The names of the parameters that n8n had to evaluate, in order. */
	readonly evaluated: string[] = [];

	readonly server: FakeServer;

	/** n8n gives the same object to all items of a run. */
	private readonly executeData = { data: { main: [[{ json: {} }]] } };

	/** @param respond plays the server */
	constructor(
		private readonly parameters: INode['parameters'] = {},
		respond: Responder = () => ({ status: 200, body: {} }),
	) {
		this.server = new FakeServer(respond);
	}

	/**
	 * What the node gets for one item. Of an expression, n8n makes the text `evaluated`.
	 *
	 * @param name the node's; nodes that are tools of one AI agent differ in it alone
	 * @param index of the item
	 */
	item(json: IDataObject = {}, name = NODE.name, index = 0): IExecuteSingleFunctions {
		return {
			...this.server.context,
			getNode: () => ({ ...NODE, name, parameters: this.parameters }),
			getExecuteData: () => this.executeData,
			getItemIndex: () => index,
			getExecutionCancelSignal: () => undefined,
			getInputData: () => ({ json }),
			getNodeParameter: (parameter: string, otherwise?: unknown) => {
				this.evaluated.push(parameter);
				const value = this.parameters[parameter];
				return /"=[^"]*\{\{/.test(JSON.stringify(value) ?? '')
					? 'evaluated'
					: value === undefined
						? otherwise
						: value;
			},
		} as unknown as IExecuteSingleFunctions;
	}
}
