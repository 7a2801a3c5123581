import type { IDataObject, INodeExecutionData, INodeParameterResourceLocator } from 'n8n-workflow';
import type { Failure } from '../../nodes/shared/transport/errors.ts';
import type { FakeApi } from './fakeApi.mts';
import { runWorkflow } from './engine.mts';
import type { NodeSettings, OnError } from './workflows.mts';
import { GET, jsons, nodeWorkflow } from './workflows.mts';

/** A resource locator whose ID was typed in, or comes from an expression. */
export const byId = (value: string): INodeParameterResourceLocator => ({
	__rl: true,
	mode: 'id',
	value,
});

/** Items that hold what is given, paired as a trigger does it. */
export const inputs = (...all: object[]): INodeExecutionData[] =>
	all.map((json, item) => ({ json: json as IDataObject, pairedItem: { item } }));

/** Runs the node once, set as said, for one empty item unless others are given. */
export async function runOperation(
	api: FakeApi,
	settings: NodeSettings,
	items: INodeExecutionData[] = inputs({}),
	onError?: OnError,
) {
	const json = nodeWorkflow(settings, onError);
	const result = await runWorkflow(json, items, api.credential);
	const [out, failed] = [result.items(GET), result.items(GET, 1)];
	return {
		run: result.run,
		/** What came out, and what of it is JSON. */
		out,
		results: jsons(out),
		/** What came out of the error output, and the errors in it. */
		failed,
		errors: failed.map((item) => item.json.error as Failure & IDataObject),
		/** The input item of everything that came out, and of everything that failed. */
		pairs: [out, failed].map((all) => all.map(({ pairedItem }) => pairedItem)),
	};
}
