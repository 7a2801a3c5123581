import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../../shared/transport/operation';
import type { Answer } from '../../shared/transport/send';
import type { Row } from './row';

/** What is said of a whole batch. */
export interface BatchSettings {
	webhookUrl?: string;
	dryRun: boolean;
}

/**
 * Sends the rows of a batch. Not sent again when it is uncertain whether it was done: the API would pay for all twice.
 * An API of before JSON refuses the rows for sure, and gets them as a file.
 */
export async function sendRows(call: Call, rows: Row[], settings: BatchSettings): Promise<Answer> {
	const fields = {
		...(settings.webhookUrl && { webhook_url: settings.webhookUrl }),
		...(settings.dryRun && { dry_run: true }),
	};
	const answer = await call.send({ body: { rows: rows as unknown as IDataObject[], ...fields } });
	return wantsFile(answer) ? await call.send(asForm(call, rows, fields)) : answer;
}

/** Whether the API takes no JSON: it says so, or misses the file, which is the field `input`. */
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
