import type { operations } from '../nodes/shared/api.ts';
import type { OperationId } from './contract.mts';
import type { State } from './state.mts';

/** A request that fits the contract: what the handler of an operation gets. */
export interface ApiRequest<Id extends OperationId> {
	params: operations[Id] extends { parameters: { path: infer Params } } ? Params : unknown;
	query: NonNullable<operations[Id]['parameters']['query']>;
	body: operations[Id] extends { requestBody: { content: { 'application/json': infer Body } } }
		? Body
		: undefined;
}

/** The body of an operation's 200. */
type ApiResult<Id extends OperationId> = operations[Id] extends {
	responses: { 200: { content: { 'application/json': infer Body } } };
}
	? Body
	: never;

/** What answers the operations of the contract, by their IDs: gives the body of the 200, or throws an ApiError. */
export type Handlers = {
	[Id in OperationId]?: (request: ApiRequest<Id>, state: State) => ApiResult<Id>;
};
