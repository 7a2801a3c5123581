import type { GeneratedFile } from './asset/controlRoutes.mts';
import type { Asset } from './asset/types.mts';
import type { Fault } from './core/faults.mts';
import type { LoggedRequest, RequestTotals } from './core/requestLog.mts';
import type { Settings } from './core/settings.mts';
import type { Delivery, SignatureOptions } from './core/webhooks.mts';
import type { Ending, Outcome } from './generation/outcomes.mts';
import type { GenerationTotals } from './generation/store.mts';

/** The path of the routes that control the sandbox. They need no API key. */
export const CONTROL_PATH = '/__sandbox';

/** Controls a sandbox, which may run in another process. */
export class SandboxClient {
	/** @param url the base URL of the sandbox, without a trailing slash */
	constructor(private readonly url: string) {}

	/** Gets the latest 5,000 requests to the API and the storage, oldest first. */
	async listRequests(): Promise<LoggedRequest[]> {
		return (await this.send('GET', 'requests')) as LoggedRequest[];
	}

	/** Gets the counts of all requests since the start or the last reset. */
	async getTotals(): Promise<RequestTotals> {
		return (await this.send('GET', 'totals')) as RequestTotals;
	}

	/** Waits until this many requests have arrived since the start or the last reset. */
	async waitForRequests(count: number): Promise<void> {
		await this.send('GET', `wait?count=${count}`);
	}

	/** Injects a fault into matching requests. */
	async addFault(fault: Fault): Promise<void> {
		await this.send('POST', 'faults', fault);
	}

	/** Removes all faults. */
	async clearFaults(): Promise<void> {
		await this.send('DELETE', 'faults');
	}

	/** Changes some settings. */
	async configure(settings: Partial<Settings>): Promise<void> {
		await this.send('PATCH', 'settings', settings);
	}

	/** Adds assets with the IDs from `seededAssetId`, continuing after those seeded before. */
	async seedAssets(count: number): Promise<void> {
		await this.send('POST', 'assets', { count });
	}

	/** Adds an asset with a generated file of any size. */
	async addAssetWithFile(file: GeneratedFile): Promise<Asset> {
		return (await this.send('POST', 'assets-with-file', file)) as Asset;
	}

	/** Gets the counts of all generations since the start or the last reset. */
	async getGenerationTotals(): Promise<GenerationTotals> {
		return (await this.send('GET', 'generations')) as GenerationTotals;
	}

	/** Adds an outcome for the next generations that match it. */
	async addOutcome(outcome: Outcome): Promise<void> {
		await this.send('POST', 'outcomes', outcome);
	}

	/** Ends a generation now. @param ending default: its outcome */
	async endGeneration(id: string, ending: Ending = {}): Promise<void> {
		await this.send('POST', `generations/${id}/end`, ending);
	}

	/** Leaves a generation in its current status forever. */
	async holdGeneration(id: string): Promise<void> {
		await this.send('POST', `generations/${id}/hold`, {});
	}

	/** Ends all generations of a batch now. Creates them first if necessary. */
	async endBatch(id: string, ending: Ending = {}): Promise<void> {
		await this.send('POST', `batches/${id}/end`, ending);
	}

	/** Gets the webhooks that were sent since the start or the last reset, oldest first. */
	async listDeliveries(): Promise<Delivery[]> {
		return (await this.send('GET', 'deliveries')) as Delivery[];
	}

	/** Waits until this many deliveries have ended since the start or the last reset. */
	async waitForDeliveries(count: number): Promise<void> {
		await this.send('GET', `deliveries/wait?count=${count}`);
	}

	/** Sends the webhook of a generation, even if it was sent before. Waits for the response. */
	async sendWebhook(generationId: string, options: SignatureOptions = {}): Promise<Delivery> {
		return (await this.send(
			'POST',
			`generations/${generationId}/send-webhook`,
			options,
		)) as Delivery;
	}

	/** Restores the initial state of the sandbox, including its settings. */
	async reset(): Promise<void> {
		await this.send('POST', 'reset', {});
	}

	private async send(method: string, path: string, body?: unknown): Promise<unknown> {
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
