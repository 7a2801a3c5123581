import { AssetStore } from './assets.mts';
import { Faults } from './faults.mts';
import { RequestRecord } from './record.mts';

/** How the sandbox behaves; changeable while it runs. */
export interface Settings {
	/** Every answer of the API waits so long, in ms. */
	latencyMs: number;
	/** What a key may send in a minute; null for any number. */
	requestsPerMinute: number | null;
	/** Whether a 429 says how long to wait. */
	retryAfter: boolean;
	/** The status for an ID that is not a UUID: the real one is not known. */
	badIdStatus: 400 | 404 | 422;
}

/** All that the sandbox knows and keeps. */
export class State {
	settings: Settings;

	readonly assets = new AssetStore();

	readonly faults = new Faults();

	readonly record = new RequestRecord();

	/** How often the minute of the rate limit was begun anew by a reset. */
	resets = 0;

	constructor(private readonly initial: Settings) {
		this.settings = { ...initial };
	}

	/** Everything as it was at the start. */
	reset(): void {
		this.settings = { ...this.initial };
		this.assets.reset();
		this.faults.clear();
		this.record.reset();
		this.resets++;
	}
}

/** A request that fits the contract. */
export interface ApiRequest {
	params: Record<string, string>;
	query: Record<string, unknown>;
	body: unknown;
}

/** What answers the operations of the contract, by their IDs: gives the body, or throws an ApiError. */
export type Handlers = Record<string, (request: ApiRequest, state: State) => unknown>;
