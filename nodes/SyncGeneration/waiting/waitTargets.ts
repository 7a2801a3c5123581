import type { IAllExecuteFunctions, IDataObject, INodeProperties } from 'n8n-workflow';
import type { Batch } from '../../shared/items/batchItem';
import { batchFailure, hasBatchEnded, isBatch, toBatchItem } from '../../shared/items/batchItem';
import type { Generation } from '../../shared/items/generationItem';
import {
	generationFailure,
	hasEnded,
	isGeneration,
	toGenerationItem,
} from '../../shared/items/generationItem';
import type { Failure } from '../../shared/transport/errors';
import type { ApiResponse, Sender } from '../../shared/transport/sender';
import {
	batchTimeLimitField,
	ifBatchFailedField,
	ifFailedField,
	RESERVED_GENERATION_IDS,
	timeLimitField,
} from '../fields';
import { failIfUnexpected, Poller } from './waitUntilFinished';

/** What sync.so is working on, as far as waiting for it matters. */
export interface WaitState {
	id: string;
	status: string;
	webhookUrl?: string | null;
}

/** What an execution can be suspended for. */
export interface WaitTarget<State extends WaitState = WaitState> {
	/** Its kind, in lower case. Also its value in the 'Resource' list. */
	readonly name: 'generation' | 'batch';
	/** The parameter with its ID, and the key of the ID in an error item. */
	readonly idField: string;
	/** Sibling routes, which an ID of the same name would reach instead. */
	readonly reservedIds: readonly string[];
	/** The path of the API, without the ID. */
	readonly path: string;
	readonly timeLimitField: INodeProperties;
	readonly ifFailedField: INodeProperties;
	/** What to do instead of waiting for a webhook. Follows "Use". */
	readonly alternative: string;
	matches(body: unknown): body is State;
	hasEnded(state: State): boolean;
	/** Requests the state before the execution is suspended. A successful response {@link matches}. */
	requestState(context: IAllExecuteFunctions, sender: Sender, id: string): Promise<ApiResponse>;
	/** Why it has ended without a result; undefined if it has one. */
	getFailure(state: State): Failure | undefined;
	toItem(state: State, simplify: boolean): IDataObject;
}

/** How long to poll before suspending the execution, in seconds. A generation that ends sooner suspends nothing. */
const INITIAL_POLL_SECONDS = 10;

const GENERATION: WaitTarget<Generation> = {
	name: 'generation',
	idField: 'generationId',
	reservedIds: RESERVED_GENERATION_IDS,
	path: '/v2/generate',
	timeLimitField,
	ifFailedField,
	alternative: "Get with 'Wait Until Finished' instead, which waits in the node",
	matches: isGeneration,
	hasEnded,
	requestState: async (context, sender, id) =>
		await new Poller(sender).poll(context, id, INITIAL_POLL_SECONDS),
	getFailure: (generation) =>
		generation.status === 'COMPLETED' ? undefined : generationFailure(generation),
	toItem: toGenerationItem,
};

const BATCH: WaitTarget<Batch> = {
	name: 'batch',
	idField: 'batchId',
	reservedIds: [],
	path: '/v2/batch',
	timeLimitField: batchTimeLimitField,
	ifFailedField: ifBatchFailedField,
	alternative: "Get instead, in a loop with n8n's Wait node",
	matches: isBatch,
	hasEnded: hasBatchEnded,
	requestState: async (context, sender, id) => {
		const url = `/v2/batch/${encodeURIComponent(id)}`;
		return failIfUnexpected(await sender.send(context, { method: 'GET', url }), isBatch, 'a batch');
	},
	getFailure: (batch) => (batch.status === 'COMPLETED' ? undefined : batchFailure(batch)),
	toItem: toBatchItem,
};

/** What an execution can be suspended for, by resource. */
export const WAIT_TARGETS: Record<WaitTarget['name'], WaitTarget> = {
	batch: BATCH,
	generation: GENERATION,
};
