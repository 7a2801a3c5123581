import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	INodeExecutionData,
	INodePropertyOptions,
	NodeParameterValueType,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { endWithFailure, FailureError, failureOfError, failureOfInput } from './errors';
import type { Gate } from './gate';
import { checkId } from './ids';
import { PerRun, pickedValue, Run } from './run';
import type { Answer, Safe } from './send';

/** What an operation does for one input item. Gives what comes out for it; throws a FailureError when it can't. */
export type Handler = (call: Call) => Promise<INodeExecutionData | INodeExecutionData[]>;

const runs = new PerRun((context) => new Run(context));

/** What the items of a run have in common. */
export const runOf = (context: IExecuteSingleFunctions): Run => runs.of(context);

/** An ID as an error item shows it: as it was given, or as JSON where it is no text. */
export const asText = (value: unknown): string =>
	typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

/** One input item's turn in an operation: its parameters, and the way to the API. */
export class Call {
	/** What its items have in common. */
	readonly run: Run;

	/** What was asked for, as an error item names it, e.g. `{ assetId: '…' }`. */
	readonly subject: IDataObject = {};

	/** @param request n8n's options for a request of this operation, as its routing has them */
	constructor(
		readonly context: IExecutePaginationFunctions,
		readonly request: IHttpRequestOptions,
	) {
		this.run = runOf(context);
	}

	/** The value of a parameter; of a resource locator, what was picked. */
	parameter(name: string, otherwise?: NodeParameterValueType): unknown {
		return this.run.parameter(this.context, name, otherwise);
	}

	/** The fields that were added to a collection; of resource locators in it, what was picked. Empty ones are left out. */
	collection(name: string): IDataObject {
		const fields = Object.entries(this.parameter(name, {}) as IDataObject);
		const picked = fields.map(([field, value]) => [field, pickedValue(value)]);
		return Object.fromEntries(
			picked.filter(([, value]) => value !== '' && value !== null && value !== undefined),
		) as IDataObject;
	}

	/**
	 * The ID in a parameter, safe as a segment of an address once percent-encoded. Noted as what was asked for.
	 *
	 * @param thing what the ID is of, in lower case, e.g. `asset`
	 * @param siblings names of routes beside `{id}`, which an ID of that name would reach instead
	 * @param shownAs the key of the ID in an error item
	 * @throws FailureError when it is none; nothing has been sent then
	 */
	id(name: string, thing: string, siblings: readonly string[] = [], shownAs = name): string {
		const value = this.parameter(name);
		this.subject[shownAs] = asText(value);
		const checked = checkId(value, thing, siblings);
		if (!checked.ok) throw new FailureError(checked.failure);
		this.subject[shownAs] = checked.id;
		return checked.id;
	}

	/** The path of a thing below the one of the operation. Parameters and faults as of `id`. */
	path(name: string, thing: string, siblings?: readonly string[]): string {
		return `${this.request.url}/${encodeURIComponent(this.id(name, thing, siblings))}`;
	}

	/** Sends a request of this operation, with changes. @param more see `Sender.send` */
	async send(
		changes: Partial<IHttpRequestOptions> = {},
		...more: [safe?: Safe, gate?: Gate]
	): Promise<Answer> {
		return await this.run.sender.send(this.context, { ...this.request, ...changes }, ...more);
	}

	/** As `send`, and gives the body. @throws FailureError when the answer is not a success */
	async ask(changes: Partial<IHttpRequestOptions> = {}, safe?: Safe): Promise<unknown> {
		return bodyOf(await this.send(changes, safe));
	}
}

/**
 * The fields that are to be changed.
 *
 * @throws FailureError when there are none
 */
export function changesOf(call: Call): IDataObject {
	const changes = call.collection('updateFields');
	if (Object.keys(changes).length > 0) return changes;
	throw new FailureError(
		failureOfInput('There is nothing to change', 'Add a field under Update Fields'),
	);
}

/** The body of an answer. @throws FailureError when it is not a success */
export function bodyOf(answer: Answer): unknown {
	if (answer.ok) return answer.body;
	throw new FailureError(answer.failure);
}

/**
 * Sends a request to the newest address of something, and to its older one where the API does not know the newest: it
 * says 404 then, in words that are not about the thing.
 *
 * @throws FailureError when the answer is not a success
 */
export async function askEither(
	call: Call,
	[newest, older]: readonly [string, string],
	changes: Partial<IHttpRequestOptions>,
	safe?: boolean,
): Promise<unknown> {
	const answer = await call.send({ ...changes, url: newest }, safe);
	const isUnknown = !answer.ok && answer.failure.statusCode === 404 && !answer.fromApi;
	return isUnknown ? await call.ask({ ...changes, url: older }, safe) : bodyOf(answer);
}

/**
 * The routing of an operation whose sending is done by a function, in place of n8n's own: what comes out is paired
 * with the input item unless it brings a pairing of its own, and every failure takes the one error shape.
 */
export function routing(
	method: IHttpRequestMethods,
	url: string,
	handle: Handler,
): INodePropertyOptions['routing'] {
	async function pagination(
		this: IExecutePaginationFunctions,
		{ options }: DeclarativeRestApiSettings.ResultOptions,
	): Promise<INodeExecutionData[]> {
		const call = new Call(this, options as IHttpRequestOptions);
		const itemIndex = this.getItemIndex();
		const pairedItem = { item: itemIndex };
		try {
			return [await handle(call)].flat().map((item) => ({ pairedItem, ...item }));
		} catch (error) {
			if (this.getExecutionCancelSignal()?.aborted) {
				throw new NodeOperationError(this.getNode(), error as Error, { itemIndex });
			}
			return [endWithFailure(this, failureOfError(error), call.subject)];
		}
	}
	return { request: { method, url }, send: { paginate: true }, operations: { pagination } };
}
