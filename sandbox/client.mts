import type { Fault } from './core/faults.mts';
import type { GenerationTotals } from './generation/store.mts';
import type { Asset } from './asset/library.mts';
import type { Ending, Outcome } from './generation/outcomes.mts';
import type { RecordedRequest, Totals } from './core/record.mts';
import type { Settings } from './core/settings.mts';
import type { Delivery, Forgery } from './core/webhooks.mts';

/** Where the sandbox is told how to behave and asked what it saw; beside the API, without a key. */
export const CONTROL_PATH = '/__sandbox';

/** A file of any size: its bytes are made while it is downloaded, and are always the same. */
export interface GeneratedFile {
	/** In bytes. */
	size: number;
	type: Asset['type'];
	/** The file name; its extension says what kind of file it is said to be. */
	name: string;
}

/** Steers a sandbox, also one in another process. */
export class SandboxClient {
	/** @param url where the sandbox is, without a slash at the end */
	constructor(private readonly url: string) {}

	/** The latest requests to the API, the oldest first. */
	async requests(): Promise<RecordedRequest[]> {
		return (await this.ask('GET', 'requests')) as RecordedRequest[];
	}

	/** Counts over all requests since the start or the last reset. */
	async totals(): Promise<Totals> {
		return (await this.ask('GET', 'totals')) as Totals;
	}

	/** Waits until the API has been asked so often. */
	async waitForRequests(count: number): Promise<void> {
		await this.ask('GET', `wait?count=${count}`);
	}

	async addFault(fault: Fault): Promise<void> {
		await this.ask('POST', 'faults', fault);
	}

	async clearFaults(): Promise<void> {
		await this.ask('DELETE', 'faults');
	}

	async configure(settings: Partial<Settings>): Promise<void> {
		await this.ask('PATCH', 'settings', settings);
	}

	/** Adds generated assets, whose IDs `assetIdAt` gives. */
	async seed(count: number): Promise<void> {
		await this.ask('POST', 'assets', { count });
	}

	/** Adds an asset with a file that is no media, but may be as large as need be. */
	async addStoredAsset(file: GeneratedFile): Promise<Asset> {
		return (await this.ask('POST', 'stored-assets', file)) as Asset;
	}

	/** Counts over all generations since the start or the last reset. */
	async generations(): Promise<GenerationTotals> {
		return (await this.ask('GET', 'generations')) as GenerationTotals;
	}

	/** Says what comes of the next generations. */
	async nextOutcome(outcome: Outcome): Promise<void> {
		await this.ask('POST', 'outcomes', outcome);
	}

	/** Brings a generation to its end now: to the one that is planned for it, where no other is given. */
	async endGeneration(id: string, ending: Ending = {}): Promise<void> {
		await this.ask('POST', `generations/${id}/end`, ending);
	}

	/** Leaves a generation as it is, for ever. */
	async holdGeneration(id: string): Promise<void> {
		await this.ask('POST', `generations/${id}/hold`, {});
	}

	/** Brings all generations of a batch to their end now, and makes them first where they are not made yet. */
	async endBatch(id: string, ending: Ending = {}): Promise<void> {
		await this.ask('POST', `batches/${id}/end`, ending);
	}

	/** The webhooks that were sent and answered, or not, the first one first. */
	async deliveries(): Promise<Delivery[]> {
		return (await this.ask('GET', 'deliveries')) as Delivery[];
	}

	/** Waits until so many webhooks were sent and answered, or not. */
	async waitForDeliveries(count: number): Promise<void> {
		await this.ask('GET', `deliveries/wait?count=${count}`);
	}

	/** Sends the webhook of a generation, once more or for the first time, and waits for its answer. */
	async deliver(generationId: string, forgery: Forgery = {}): Promise<Delivery> {
		return (await this.ask('POST', `generations/${generationId}/deliver`, forgery)) as Delivery;
	}

	/** Forgets the record and what was uploaded, and makes everything as it was at the start. */
	async reset(): Promise<void> {
		await this.ask('POST', 'reset', {});
	}

	private async ask(method: string, path: string, body?: unknown): Promise<unknown> {
		const response = await fetch(`${this.url}${CONTROL_PATH}/${path}`, {
			method,
			...(body !== undefined && {
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(body),
			}),
		});
		if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
		return response.status === 204 ? undefined : await response.json();
	}
}
