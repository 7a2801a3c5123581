import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../../shared/transport/itemContext';
import type { Answer } from '../../shared/transport/sender';
import { isBatch } from './batchItem';
import type { Row } from './row';

/** What applies to a whole batch. */
export interface BatchSettings {
	webhookUrl?: string;
	dryRun: boolean;
	/** Called right before each attempt. */
	beforeAttempt?: () => void;
}

/** What a batch, or the check of its rows, has to look like. */
const expects = {
	name: 'a batch',
	matches: (body: unknown) =>
		isBatch(body) || (body as { status?: unknown } | null)?.status === 'VALIDATED',
};

/** Sends the rows of a batch. An API that does not know JSON yet refuses the rows, and gets them as a file. */
export async function sendRows(call: Call, rows: Row[], settings: BatchSettings): Promise<Answer> {
	const fields = {
		...(settings.webhookUrl && { webhook_url: settings.webhookUrl }),
		...(settings.dryRun && { dry_run: true }),
	};
	const body = { rows: rows as unknown as IDataObject[], ...fields };
	const options = { expects, beforeAttempt: settings.beforeAttempt };
	const answer = await call.send({ body }, options);
	return wantsFile(answer) ? await call.send(asForm(call, rows, fields), options) : answer;
}

/** Whether the API does not take JSON: it says so, or misses the file, which is the field `input`. */
function wantsFile(answer: Answer): boolean {
	if (answer.ok) return false;
	const { statusCode, message } = answer.failure;
	return statusCode === 415 || (statusCode === 400 && /\binput\b(?!\.|\[)/.test(message));
}

/** The rows as JSON Lines. */
export const asLines = (rows: Row[]): string =>
	rows.map((row) => `${JSON.stringify(row)}\n`).join('');

/** A request with the rows as a file in a form. */
function asForm({ request }: Call, rows: Row[], fields: IDataObject) {
	const boundary = `----n8n-${randomUUID()}`;
	const part = (disposition: string, content: string) =>
		`--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`;
	const file = 'name="input"; filename="rows.jsonl"\r\nContent-Type: application/x-ndjson';
	const parts = [
		part(file, asLines(rows)),
		...Object.entries(fields).map(([name, value]) => part(`name="${name}"`, String(value))),
	];
	return {
		body: Buffer.from(`${parts.join('')}--${boundary}--\r\n`),
		headers: { ...request.headers, 'Content-Type': `multipart/form-data; boundary=${boundary}` },
	};
}
