import type { IncomingHttpHeaders } from 'node:http';

import type { operations } from '../../nodes/shared/api.ts';
import type { FormFile } from './multipart.mts';
import type { OperationId } from './openapi.mts';
import type { Caller } from './users.mts';

/** A validated request to an operation. */
export interface ApiRequest<Id extends OperationId> {
	params: operations[Id] extends { parameters: { path: infer Params } } ? Params : unknown;
	query: NonNullable<operations[Id]['parameters']['query']>;
	body: operations[Id] extends { requestBody: { content: { 'application/json': infer Body } } }
		? Body
		: undefined;
	/** The files of a form; its fields are in the body. */
	files: FormFile[];
	headers: IncomingHttpHeaders;
	caller: Caller;
	/** The URL at which the client reaches the sandbox, such as `http://127.0.0.1:8787`. */
	origin: string;
}

/** A success response with additional headers. */
export class ResponseWithHeaders<Body> {
	constructor(
		readonly body: Body,
		readonly headers: Record<string, string>,
	) {}
}

type SuccessResponse<Responses> = Responses extends { 200: infer Response }
	? Response
	: Responses extends { 201: infer Response }
		? Response
		: Responses extends { 202: infer Response }
			? Response
			: void;

/** The body of the success response; void if it has no content. */
type SuccessBody<Id extends OperationId> =
	SuccessResponse<operations[Id]['responses']> extends { content: infer Content }
		? Content[keyof Content]
		: void;

type Result<Id extends OperationId> = SuccessBody<Id> | ResponseWithHeaders<SuccessBody<Id>>;

/**
 * Handlers by operation ID. Each returns the body of the success response, whose status comes from the contract, or
 * throws an ApiError.
 *
 * @template State the part of the sandbox's state that the handlers use
 */
export type Handlers<State> = {
	[Id in OperationId]?: (request: ApiRequest<Id>, state: State) => Result<Id> | Promise<Result<Id>>;
};
