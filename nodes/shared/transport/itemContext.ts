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

/** An ID as an error item shows it: as it was given, or as JSON if it is not text. */
export const formatId = (value: unknown): string =>
	typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

/** One input item in an operation: its parameters, and the way to the API. */
export class ItemContext {
	/** What was asked for, as an error item names it, e.g. `{ assetId: '…' }`. */
	readonly errorFields: IDataObject = {};

	/**
	 * @param baseRequest n8n's options for a request of this operation, as its routing has them
	 * @param run what the items of the run share
	 */
	constructor(
		readonly context: IExecutePaginationFunctions,
		readonly baseRequest: IHttpRequestOptions,
		readonly run: Run,
	) {}

	/** The index of the item. */
	get index(): number {
		return this.context.getItemIndex();
	}

	/** The value of a parameter; of a resource locator, the picked value. */
	parameter(name: string, fallback?: NodeParameterValueType): unknown {
		return this.run.parameter(this.context, name, fallback);
	}

	/** All fields that were added to a collection, even if an expression in one returned nothing. */
	addedFields(name: string): IDataObject {
		const values = this.parameter(name, {}) as IDataObject;
		const names = new Set([...this.run.addedFields(name), ...Object.keys(values)]);
		return Object.fromEntries(
			[...names].map((field) => [field, unwrapLocator(values[field])]),
		) as IDataObject;
	}

	/** The fields of a collection that have a value. */
	collection(name: string): IDataObject {
		const fields = Object.entries(this.addedFields(name));
		return Object.fromEntries(fields.filter(([, value]) => value !== '' && !isBlank(value)));
	}

	/**
	 * The ID in a parameter, safe as a segment of a URL once percent-encoded. Noted as what was asked for.
	 *
	 * @param thing what the ID is of, in lower case, e.g. `asset`
	 * @param siblings names of routes beside `{id}`, which an ID of that name would reach instead
	 * @param shownAs the key of the ID in an error item
	 * @throws FailureError if it is not an ID; nothing has been sent then
	 */
	id(name: string, thing: string, siblings: readonly string[] = [], shownAs = name): string {
		const value = this.parameter(name);
		this.errorFields[shownAs] = formatId(value);
		const checked = checkId(value, thing, siblings);
		if (!checked.ok) throw new FailureError(checked.failure);
		this.errorFields[shownAs] = checked.id;
		return checked.id;
	}

	/** The path of a thing below the one of the operation. Parameters and faults as in {@link id}. */
	path(name: string, thing: string, siblings?: readonly string[]): string {
		return `${this.baseRequest.url}/${encodeURIComponent(this.id(name, thing, siblings))}`;
	}

	/** Sends a request of this operation, with changes. */
	async send(
		changes: Partial<IHttpRequestOptions> = {},
		options?: SendOptions,
	): Promise<ApiResponse> {
		const request = { ...this.baseRequest, ...changes };
		return await this.run.sender.send(this.context, request, { ...this.settings, ...options });
	}

	/** How the requests of this item are sent: the options may be expressions. @throws FailureError if one is invalid */
	get settings(): ItemSettings {
		if (!this.run.hasExpression('options')) return this.run.sender.settings;
		const requestOptions = this.context.getNodeParameter('requestOptions', {}) as IDataObject;
		return parseItemSettings(this.addedFields('options'), requestOptions);
	}

	/** Like {@link send}, but returns the body. @throws FailureError if the answer is not a success */
	async request(
		changes: Partial<IHttpRequestOptions> = {},
		options?: SendOptions,
	): Promise<unknown> {
		return getBody(await this.send(changes, options));
	}
}

/**
 * The fields that are to be changed. An empty one is to be cleared.
 *
 * @throws FailureError if there are none, or if an expression in one returned nothing
 */
export function readChanges(item: ItemContext): IDataObject {
	const changes = item.addedFields('updateFields');
	const [unset] = Object.entries(changes).find(([, value]) => value === undefined) ?? [];
	if (unset !== undefined) {
		throw inputError(
			`The expression in '${unset}' returned nothing for this item`,
			"To clear the field, let the expression return an empty text; to leave it as it is, remove it from 'Update Fields'",
		);
	}
	if (Object.keys(changes).length > 0) return changes;
	throw inputError('There is nothing to change', "Add a field under 'Update Fields'");
}

/** The body of an answer. @throws FailureError if it is not a success */
export function getBody(response: ApiResponse): unknown {
	if (response.ok) return response.body;
	throw new FailureError(response.failure);
}

/**
 * Sends a request to the newest address of something, and to its older one if the API does not know the newest: it
 * then says 404, in words that are not about the thing.
 *
 * @throws FailureError if the answer is not a success
 */
export async function requestWithFallback(
	item: ItemContext,
	[newest, older]: readonly [string, string],
	changes: Partial<IHttpRequestOptions>,
	options?: SendOptions,
): Promise<unknown> {
	const response = await item.send({ ...changes, url: newest }, options);
	const isUnknown = !response.ok && response.failure.statusCode === 404 && !response.fromApi;
	return isUnknown ? await item.request({ ...changes, url: older }, options) : getBody(response);
}
