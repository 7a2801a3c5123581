import { type ApiClient, type ApiResponse, describeResponse } from '../api/client.mts';
import type { Contract } from '../sandbox/core/contract.mts';
import type { OperationId } from '../sandbox/core/openapi.mts';

/** Sends requests for the probe, each once, and collects what all responses have in common. */
export class ProbeSession {
	/** How responses differ from the contract, without repetitions. */
	readonly violations = new Set<string>();

	/** The headers about rate limits, from all responses. */
	readonly rateLimitHeaders = new Map<string, string>();

	private readonly responses = new Map<string, Promise<ApiResponse>>();

	constructor(
		readonly client: ApiClient,
		private readonly contract: Contract,
	) {}

	/** Sends a GET request, or returns the earlier response to it. */
	async get(operation: OperationId, path: string): Promise<ApiResponse> {
		let response = this.responses.get(path);
		if (!response) {
			response = this.send(operation, 'GET', path);
			this.responses.set(path, response);
		}
		return await response;
	}

	/** Sends a POST request that reads or calculates something, and neither changes the account nor costs money. */
	async post(operation: OperationId, path: string, body: unknown): Promise<ApiResponse> {
		return await this.send(operation, 'POST', path, body);
	}

	/** Gets the objects in a list. Empty if there are none or the list is not available. */
	async list(operation: OperationId, path: string): Promise<Array<Record<string, unknown>>> {
		const response = await this.get(operation, path);
		const items = Array.isArray(response.body) ? response.body : readFields(response).items;
		if (response.status !== 200 || !Array.isArray(items)) return [];
		return items.filter((item) => typeof item === 'object' && item !== null) as Array<
			Record<string, unknown>
		>;
	}

	private async send(
		operation: OperationId,
		method: string,
		path: string,
		body?: unknown,
	): Promise<ApiResponse> {
		const response = await this.client.send(method, path, { body });
		for (const [name, value] of response.headers) {
			if (/rate-?limit|retry-after/i.test(name)) this.rateLimitHeaders.set(name, value);
		}
		// An error is compared by the facts. Of the others, the whole body is.
		if (response.status < 400) {
			const problems = this.contract.validate(operation, String(response.status), response.body);
			for (const problem of problems) this.violations.add(`${operation}: ${generalize(problem)}`);
		}
		return response;
	}
}

/** Replaces the positions in lists, so that a problem of all items is listed once. */
const generalize = (problem: string): string => problem.replace(/\b\d+\b/g, 'N');

/** Reads the fields of a body. There are none if it is not an object. */
export const readFields = ({ body }: Pick<ApiResponse, 'body'>): Record<string, unknown> =>
	typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};

/** Describes an outcome: the status and the stable code. */
export function describeStatus(response: ApiResponse): string {
	const { status } = response;
	const { errorCode } = readFields(response);
	return typeof errorCode === 'string' ? `${status} ${errorCode}` : String(status);
}

/** Throws if the API can't be used with this key. @throws Error in the words of the nodes */
export function assertUsable(response: ApiResponse): void {
	if (response.status !== 200) throw new Error(describeResponse(response));
}
