import { AssetStore } from './asset/store.mts';
import { BatchStore } from './batch/store.mts';
import { notifyOfBatch } from './batch/views.mts';
import type { Fault } from './core/faults.mts';
import type { Creation } from './generation/handlers.mts';
import { GenerationStore } from './generation/store.mts';
import { notify } from './generation/views.mts';
import { IdempotentRequests } from './core/idempotency.mts';
import { RuleList } from './core/rules.mts';
import type { Outcome } from './generation/outcomes.mts';
import { ProjectStore } from './project/store.mts';
import { RequestRecord } from './core/record.mts';
import { DEFAULTS, type Settings } from './core/settings.mts';
import { SpeechJobStore } from './speech/store.mts';
import { FileStore } from './storage/store.mts';
import { UrlSigner } from './storage/urls.mts';
import { VoiceStore } from './voice/store.mts';
import { Webhooks } from './core/webhooks.mts';

/** All that the sandbox knows and keeps. */
export class State {
	settings: Settings;

	readonly files = new FileStore();

	readonly urls = new UrlSigner();

	readonly assets = new AssetStore();

	readonly projects = new ProjectStore();

	readonly voices = new VoiceStore();

	readonly speechJobs = new SpeechJobStore();

	readonly generations = new GenerationStore((job) => {
		notify(job, this);
		this.batches.ended(job);
	});

	readonly batches = new BatchStore((batch) => notifyOfBatch(batch, this));

	/** What comes of the next generations. */
	readonly outcomes = new RuleList<Outcome>();

	readonly idempotentRequests = new IdempotentRequests<Creation>();

	readonly webhooks = new Webhooks();

	/** Those that lie in wait. */
	readonly faults = new RuleList<Fault>();

	readonly record = new RequestRecord();

	/** Which minute of the rate limits it is, of those that were begun by hand. */
	minute = 0;

	private readonly initial: Settings;

	/** When something was last made, in ms since 1970: at first, the last day of the library. */
	private latest = Date.parse('2026-10-31T00:00:00.000Z');

	/** @param settings those that differ from the default */
	constructor(settings: Partial<Settings> = {}) {
		this.initial = { ...DEFAULTS, ...settings };
		this.settings = { ...this.initial };
	}

	/** The time in the API's form; each later than the one before, so that what is sorted by it has one order. */
	now(): string {
		this.latest = Math.max(Date.now(), this.latest + 1);
		return new Date(this.latest).toISOString();
	}

	/** Changes some settings. Another rate limit begins a new minute, so that it holds from now. */
	configure(settings: Partial<Settings>): void {
		this.settings = { ...this.settings, ...settings };
		if (Object.keys(settings).some((name) => /Per(Minute|Hour)$/.test(name))) this.minute++;
	}

	/** Everything as it was at the start. */
	async reset(): Promise<void> {
		this.settings = { ...this.initial };
		this.assets.reset();
		this.projects.reset();
		this.voices.reset();
		this.speechJobs.reset();
		this.outcomes.clear();
		this.faults.clear();
		this.record.reset();
		this.minute++;
		await this.end();
	}

	/** Ends all that goes on by itself, and leaves nothing on the disk. */
	async end(): Promise<void> {
		this.generations.reset();
		this.batches.reset();
		this.idempotentRequests.reset();
		this.webhooks.reset();
		await this.files.reset();
	}
}
