import type { IncomingHttpHeaders } from 'node:http';

import type { operations } from '../../nodes/shared/api.ts';
import type { OperationId } from './openapi.mts';
import type { FormFile } from './forms.mts';
import type { State } from '../state.mts';

/** Who asks: a member of the organization, by one of its keys. */
export interface Caller {
	key: string;
	userId: string;
}

/** A request that fits the contract: what the handler of an operation gets. */
export interface ApiRequest<Id extends OperationId> {
	params: operations[Id] extends { parameters: { path: infer Params } } ? Params : unknown;
	query: NonNullable<operations[Id]['parameters']['query']>;
	body: operations[Id] extends { requestBody: { content: { 'application/json': infer Body } } }
		? Body
		: undefined;
	/** Those of a form, whose fields are the body. */
	files: FormFile[];
	headers: IncomingHttpHeaders;
	caller: Caller;
	/** Where the client reached the sandbox, such as `http://127.0.0.1:8787`. */
	origin: string;
}

/** An answer with headers of its own. */
export class WithHeaders<Body> {
	constructor(
		readonly body: Body,
		readonly headers: Record<string, string>,
	) {}
}

/** The answer to an operation when all goes well. */
type Success<Responses> = Responses extends { 200: infer Answer }
	? Answer
	: Responses extends { 201: infer Answer }
		? Answer
		: Responses extends { 202: infer Answer }
			? Answer
			: void;

/** The body of that answer: JSON or text; nothing where the contract has none. */
type ApiResult<Id extends OperationId> =
	Success<operations[Id]['responses']> extends { content: infer Content }
		? Content[keyof Content]
		: void;

/** What a handler gives: the body, with headers where the answer has its own. */
type Result<Id extends OperationId> = ApiResult<Id> | WithHeaders<ApiResult<Id>>;

/**
 * What answers the operations of the contract, by their IDs: gives the body, or throws an ApiError. The status is the
 * contract's.
 */
export type Handlers = {
	[Id in OperationId]?: (request: ApiRequest<Id>, state: State) => Result<Id> | Promise<Result<Id>>;
};
