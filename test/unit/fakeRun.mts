import type {
	IDataObject,
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	INode,
} from 'n8n-workflow';

import { ItemContext } from '../../nodes/shared/transport/itemContext.ts';
import { Run } from '../../nodes/shared/transport/run.ts';
import { FakeServer, NODE, type Responder } from './fakeServer.mts';

/** One run of a node, as n8n passes it to the items of the node. */
export class FakeRun {
	/** The names of the parameters that n8n had to evaluate, in order. */
	readonly evaluated: string[] = [];

	readonly server: FakeServer;

	/** n8n passes the same object to all items of a run. */
	private readonly executeData = { data: { main: [[{ json: {} }]] } };

	/** @param respond plays the server */
	constructor(
		private readonly parameters: INode['parameters'] = {},
		respond: Responder = () => ({ status: 200, body: {} }),
	) {
		this.server = new FakeServer(respond);
	}

	/**
	 * Creates what n8n passes to the node for one item. An expression evaluates to the text `evaluated`.
	 *
	 * @param name of the node; the tools of an AI agent differ only in it
	 * @param index of the item
	 */
	createContext(json: IDataObject = {}, name = NODE.name, index = 0): IExecuteSingleFunctions {
		return {
			...this.server.context,
			getNode: () => ({ ...NODE, name, parameters: this.parameters }),
			getExecuteData: () => this.executeData,
			getItemIndex: () => index,
			getExecutionCancelSignal: () => undefined,
			getInputData: () => ({ json }),
			getNodeParameter: (parameter: string, fallback?: unknown) => {
				this.evaluated.push(parameter);
				const value = this.parameters[parameter];
				return /"=[^"]*\{\{/.test(JSON.stringify(value) ?? '')
					? 'evaluated'
					: value === undefined
						? fallback
						: value;
			},
		} as unknown as IExecuteSingleFunctions;
	}

	/**
	 * Creates the context of an item.
	 *
	 * @param more other functions that n8n passes to the node
	 * @param run that several items share; by default, the item has its own
	 */
	createItemContext(request: IHttpRequestOptions, more: object = {}, run?: Run): ItemContext {
		const context = { ...this.createContext(), ...more } as IExecutePaginationFunctions;
		return new ItemContext(context, request, run ?? new Run(context));
	}
}
