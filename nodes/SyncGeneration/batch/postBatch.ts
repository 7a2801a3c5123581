import type { IDataObject } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { isBatch } from '../../shared/items/batchItem';
import type { ItemContext } from '../../shared/transport/itemContext';
import type { FormField } from '../../shared/transport/multipart';
import { encodeForm } from '../../shared/transport/multipart';
import type { ApiResponse } from '../../shared/transport/sender';
import type { Row } from './row';

/** How to send a batch: the settings that its rows have in common. */
export interface BatchSettings {
	webhookUrl?: string;
	dryRun: boolean;
	/** Called right before each attempt. */
	beforeAttempt?: () => void;
}

/** Whether a response body is the result of a dry run. */
export const isValidated = (body: unknown): boolean =>
	(body as { status?: unknown } | null)?.status === 'VALIDATED';

const expects = {
	name: 'a batch',
	matches: (body: unknown) => isBatch(body) || isValidated(body),
};

/**
 * Sends the rows of a batch as JSON. Falls back to a file if the API doesn't support JSON yet. Sends a dry run as a file
 * right away: the API documents `dry_run` for the form only, and without it, the batch is created.
 */
export async function postBatch(
	item: ItemContext,
	rows: Row[],
	settings: BatchSettings,
): Promise<ApiResponse> {
	const fields = settings.webhookUrl ? { webhook_url: settings.webhookUrl } : {};
	const options = { expects, beforeAttempt: settings.beforeAttempt };
	if (settings.dryRun) {
		return await item.send(toForm(item, rows, { ...fields, dry_run: true }), options);
	}
	const body = { rows: rows as unknown as IDataObject[], ...fields };
	const response = await item.send({ body }, options);
	return requiresFile(response) ? await item.send(toForm(item, rows, fields), options) : response;
}

/** Whether the API doesn't accept JSON. It says so with its status, or asks for the file in the field `input`. */
function requiresFile(response: ApiResponse): boolean {
	if (response.ok) return false;
	const { statusCode, message } = response.failure;
	return statusCode === 415 || (statusCode === 400 && /\binput\b(?!\.|\[)/.test(message));
}

/** The rows as JSON Lines. */
export const toJsonLines = (rows: Row[]): string =>
	rows.map((row) => `${JSON.stringify(row)}\n`).join('');

/** Encodes the rows as a file in a form. */
function toForm({ baseRequest }: ItemContext, rows: Row[], fields: IDataObject) {
	const file: FormField = {
		name: 'input',
		content: toJsonLines(rows),
		fileName: 'rows.jsonl',
		contentType: 'application/x-ndjson',
	};
	const values = Object.entries(fields).map(([name, value]) => ({ name, content: String(value) }));
	const { body, headers } = encodeForm([file, ...values], `----n8n-${randomUUID()}`);
	return { body, headers: { ...baseRequest.headers, ...headers } };
}
