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
	/** Whether several assets can be asked for at once; a status: this is refused with it. */
	batch: 'on' | 403 | 404 | 405 | 501;
}

/** All that the sandbox knows and keeps. */
export class State {
	settings: Settings;

	readonly assets = new AssetStore();

	readonly faults = new Faults();

	readonly record = new RequestRecord();

	/** Which minute of the rate limit it is, of those that were begun by hand. */
	minute = 0;

	constructor(private readonly initial: Settings) {
		this.settings = { ...initial };
	}

	/** Changes some settings. Another rate limit begins a new minute, so that it holds from now. */
	configure(settings: Partial<Settings>): void {
		this.settings = { ...this.settings, ...settings };
		if ('requestsPerMinute' in settings) this.minute++;
	}

	/** Everything as it was at the start. */
	reset(): void {
		this.settings = { ...this.initial };
		this.assets.reset();
		this.faults.clear();
		this.record.reset();
		this.minute++;
	}
}
