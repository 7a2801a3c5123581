import type {
	IDataObject,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	NodeParameterValueType,
} from 'n8n-workflow';
import { FailureError, inputError } from './errors';
import { checkId } from './ids';
import type { Run } from './run';
import { unwrapLocator } from './run';
import type { ApiResponse, SendOptions } from './sender';
import type { ItemSettings } from './sendSettings';
import { parseItemSettings } from './sendSettings';
import { isBlank } from './values';

/** Formats an ID for an error item: text as it is, anything else as JSON. */
export const formatId = (value: unknown): string =>
	typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

/** One input item of an operation: its parameters, and access to the API. */
export class ItemContext {
	/** Fields of the error item that identify what was requested, e.g. `{ assetId: '…' }`. */
	readonly errorFields: IDataObject = {};

	/** Called when the item has left the node, with whether it left without an error. */
	readonly onEnd: Array<(hasSucceeded: boolean) => void> = [];

	/**
	 * @param baseRequest n8n's options for the operation's main request, from its routing
	 * @param run state that all items of the run share
	 */
	constructor(
		readonly context: IExecutePaginationFunctions,
		readonly baseRequest: IHttpRequestOptions,
		readonly run: Run,
	) {}

	/** The zero-based index of the input item. */
	get index(): number {
		return this.context.getItemIndex();
	}

	/** The value of a parameter; for a resource locator, the selected value. */
	parameter(name: string, fallback?: NodeParameterValueType): unknown {
		return this.run.parameter(this.context, name, fallback);
	}

	/** All fields that were added to a collection. A field whose expression returned nothing is undefined. */
	addedFields(name: string): IDataObject {
		const values = this.parameter(name, {}) as IDataObject;
		const names = new Set([...this.run.addedFieldNames(name), ...Object.keys(values)]);
		return Object.fromEntries(
			[...names].map((field) => [field, unwrapLocator(values[field])]),
		) as IDataObject;
	}

	/** The fields of a collection that have a value. */
	readCollection(name: string): IDataObject {
		const fields = Object.entries(this.addedFields(name));
		return Object.fromEntries(fields.filter(([, value]) => value !== '' && !isBlank(value)));
	}

	/**
	 * Reads the ID in a parameter, and records it in {@link errorFields}. A valid ID is safe in a URL path once
	 * percent-encoded.
	 *
	 * @param resource what the ID identifies, in lower case, e.g. `asset`
	 * @param siblings static routes next to `{id}`, which an ID of the same name would reach instead
	 * @param options.errorField the key of the ID in an error item
	 * @param options.label the name of the field in the form. Default: that of the resource
	 * @throws FailureError if the ID is invalid; nothing has been sent then
	 */
	readId(
		name: string,
		resource: string,
		siblings: readonly string[] = [],
		{ errorField = name, label }: { errorField?: string; label?: string } = {},
	): string {
		const value = this.parameter(name);
		this.errorFields[errorField] = formatId(value);
		const checked = checkId(value, resource, siblings, label);
		if (!checked.ok) throw new FailureError(checked.failure);
		this.errorFields[errorField] = checked.id;
		return checked.id;
	}

	/** The operation's path, followed by the ID in a parameter. Reads and records the ID like {@link readId}. */
	readPath(name: string, resource: string, siblings?: readonly string[]): string {
		return `${this.baseRequest.url}/${encodeURIComponent(this.readId(name, resource, siblings))}`;
	}

	/** Sends the operation's request with some of n8n's options changed. */
	async send(
		changes: Partial<IHttpRequestOptions> = {},
		options?: SendOptions,
	): Promise<ApiResponse> {
		const request = { ...this.baseRequest, ...changes };
		return await this.run.sender.send(this.context, request, { ...this.settings, ...options });
	}

	/** How to send this item's requests. @throws FailureError if an option, which may be an expression, is invalid */
	get settings(): ItemSettings {
		if (!this.run.hasExpression('options')) return this.run.sender.settings;
		const requestOptions = this.context.getNodeParameter('requestOptions', {}) as IDataObject;
		return parseItemSettings(this.addedFields('options'), requestOptions);
	}

	/** Like {@link send}, but returns the body. @throws FailureError if the request failed */
	async request(
		changes: Partial<IHttpRequestOptions> = {},
		options?: SendOptions,
	): Promise<unknown> {
		return requireBody(await this.send(changes, options));
	}
}

/**
 * Reads the collection 'Update Fields'. An empty value clears the field.
 *
 * @throws FailureError if no field was added, or if an expression returned nothing
 */
export function readUpdateFields(item: ItemContext): IDataObject {
	const changes = item.addedFields('updateFields');
	const [missingField] = Object.entries(changes).find(([, value]) => value === undefined) ?? [];
	if (missingField !== undefined) {
		throw inputError(
			`The expression in '${missingField}' returned nothing for this item`,
			"To clear the field, let the expression return an empty text. To keep its value, remove it from 'Update Fields'.",
		);
	}
	if (Object.keys(changes).length > 0) return changes;
	throw inputError('There is nothing to update', "Add a field under 'Update Fields'");
}

/** The body of a response. @throws FailureError if the request failed */
export function requireBody(response: ApiResponse): unknown {
	if (response.ok) return response.body;
	throw new FailureError(response.failure);
}

/**
 * Sends a request to the newer URL, or to the older one if the API doesn't know the newer. The 404 of an unknown route
 * has no API error body.
 *
 * @throws FailureError if the request failed
 */
export async function requestWithFallback(
	item: ItemContext,
	[newer, older]: readonly [string, string],
	changes: Partial<IHttpRequestOptions>,
	options?: SendOptions,
): Promise<unknown> {
	const response = await item.send({ ...changes, url: newer }, options);
	const isUnknownRoute = !response.ok && response.failure.statusCode === 404 && !response.fromApi;
	return isUnknownRoute
		? await item.request({ ...changes, url: older }, options)
		: requireBody(response);
}
