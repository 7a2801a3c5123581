import type { components } from '../../../../nodes/shared/api.ts';
import type { Settings } from '../../../../sandbox/core/settings.mts';
import type { Ending } from '../../../../sandbox/generation/outcomes.mts';
import { ApiLab, type ApiResponse, LIP_SYNC_REQUEST } from '../apiLab.mts';

/** A batch, as in the contract. */
export type Batch = components['schemas']['Batch'];

/** Settings that keep batches and generations in their status until a test ends them. */
export const PAUSED: Partial<Settings> = {
	batchPendingMs: null,
	pendingMs: null,
	processingMs: null,
};

/** Builds rows of a batch. @param overrides the fields that differ, by row index */
export const buildRows = (count = 20, overrides: Record<number, object> = {}) =>
	Array.from({ length: count }, (_, index) => ({
		request_id: `row-${index + 1}`,
		endpoint: '/v2/generate',
		payload: LIP_SYNC_REQUEST,
		...overrides[index],
	}));

/** Serializes items to the lines of a JSONL file. */
export const toLines = (items: object[]): string[] => items.map((item) => JSON.stringify(item));

/** An `ApiLab` that also sends requests about batches. */
export class BatchLab extends ApiLab {
	/** Creates a batch from JSON. @param fields those that differ from a valid batch */
	async createBatch<Body = Batch>(fields: object = {}): Promise<ApiResponse<Body>> {
		return await this.request<Body>('/v2/batch', { json: { rows: buildRows(), ...fields } });
	}

	/** Creates a batch from a form with a JSONL file. @param fields other fields of the form */
	async uploadBatch<Body = Batch>(
		lines: string[],
		fields: Record<string, string> = {},
	): Promise<ApiResponse<Body>> {
		const body = new FormData();
		body.set('input', new File([lines.join('\n')], 'rows.jsonl'));
		for (const [name, value] of Object.entries(fields)) body.set(name, value);
		return await this.request<Body>('/v2/batch', { method: 'POST', body });
	}

	/** Creates a batch and ends all its generations. @returns its ID */
	async createEndedBatch(ending: Ending = {}): Promise<string> {
		await this.control.configure(PAUSED);
		const { id } = (await this.createBatch()).body;
		await this.control.endBatch(id, ending);
		return id;
	}

	async getBatch(id: string): Promise<Batch> {
		return (await this.request<Batch>(`/v2/batch/${id}`)).body;
	}

	/** Requests the result of a batch without following the redirect to the storage. */
	async requestResult(id: string): Promise<ApiResponse<object>> {
		return await this.request(`/v2/batches/${id}/result`, { redirect: 'manual' });
	}

	/** Downloads the result of a batch. @returns its rows */
	async downloadRows<Row>(id: string): Promise<Row[]> {
		const { headers } = await this.requestResult(id);
		const response = await fetch(headers.get('location') as string);
		const lines = (await response.text()).trimEnd().split('\n');
		return lines.map((line) => JSON.parse(line) as Row);
	}
}
