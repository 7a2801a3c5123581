import { AssetStore } from './asset/store.mts';
import { BatchStore } from './batch/store.mts';
import { Clock } from './core/clock.mts';
import type { Fault } from './core/faults.mts';
import { IdempotentRequests } from './core/idempotency.mts';
import { RequestLog } from './core/requestLog.mts';
import { RuleList } from './core/ruleList.mts';
import { DEFAULT_SETTINGS, type Settings } from './core/settings.mts';
import { WebhookSender } from './core/webhooks.mts';
import { DialogueEditStore } from './dialogueEdit/store.mts';
import type { Outcome } from './generation/outcomes.mts';
import type { Creation } from './generation/state.mts';
import { GenerationStore } from './generation/store.mts';
import { ProjectStore } from './project/store.mts';
import { SpeechJobStore, type SpeechJob } from './speech/store.mts';
import { FileStore } from './storage/store.mts';
import { UrlSigner } from './storage/urls.mts';
import { TranscriptionStore } from './transcription/store.mts';
import { VoiceStore } from './voice/store.mts';

/** The state of a sandbox. The `state.mts` of a folder declares the part that its handlers use. */
export class State {
	settings: Settings;

	readonly clock = new Clock();

	readonly files = new FileStore();

	readonly urls = new UrlSigner();

	readonly projects = new ProjectStore();

	readonly assets = new AssetStore();

	readonly voices = new VoiceStore();

	readonly speechJobs = new SpeechJobStore();

	readonly speechJobRequests = new IdempotentRequests<SpeechJob>();

	readonly transcriptions = new TranscriptionStore();

	readonly dialogueEdits = new DialogueEditStore();

	readonly generations = new GenerationStore();

	readonly generationRequests = new IdempotentRequests<Creation>();

	readonly batches = new BatchStore();

	/** The outcomes of generations to be created. */
	readonly outcomes = new RuleList<Outcome>();

	readonly webhooks = new WebhookSender();

	readonly faults = new RuleList<Fault>();

	readonly requestLog = new RequestLog();

	/** Changes whenever the periods of all rate limits restart. */
	rateLimitPeriod = 0;

	private readonly initialSettings: Settings;

	/** @param settings those that differ from the defaults */
	constructor(settings: Partial<Settings> = {}) {
		this.initialSettings = { ...DEFAULT_SETTINGS, ...settings };
		this.settings = { ...this.initialSettings };
		this.projects.onDelete((id) => this.assets.removeAllFromProject(id));
	}

	/** Changes some settings. Changing a rate limit restarts the periods of all rate limits. */
	configure(settings: Partial<Settings>): void {
		this.settings = { ...this.settings, ...settings };
		const changesRateLimit = Object.keys(settings).some((name) => /Per(Minute|Hour)$/.test(name));
		if (changesRateLimit) this.rateLimitPeriod++;
	}

	/** Restores the initial state, including the settings. */
	async reset(): Promise<void> {
		this.settings = { ...this.initialSettings };
		this.assets.reset();
		this.projects.reset();
		this.voices.reset();
		this.speechJobs.reset();
		this.speechJobRequests.reset();
		this.transcriptions.reset();
		this.dialogueEdits.reset();
		this.outcomes.clear();
		this.faults.clear();
		this.requestLog.reset();
		this.rateLimitPeriod++;
		await this.stop();
	}

	/** Stops all timers and webhooks, and removes all files from disk. */
	async stop(): Promise<void> {
		this.generations.reset();
		this.batches.reset();
		this.generationRequests.reset();
		this.webhooks.reset();
		await this.files.reset();
	}
}
