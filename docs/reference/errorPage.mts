import { failureFromResponse } from '../../nodes/shared/transport/errors.ts';
import { HINT_BY_CODE } from '../../nodes/shared/transport/hints.ts';
import { CODE_MEANINGS } from './codeMeanings.mts';
import { createTable, joinBlocks, parseNotes, toSentence } from './markdown.mts';
import type { Message } from './messages.mts';
import { listMessages } from './messages.mts';

/** The headings for the messages in each folder of `nodes/`. */
const MESSAGE_HEADINGS: Record<string, string> = {
	shared: 'Messages of all nodes',
	SyncAsset: 'Messages of Sync Asset',
	SyncGeneration: 'Messages of Sync Generation',
	SyncTrigger: 'Messages of Sync Trigger',
};

/** The statuses that have a message of their own. */
const STATUSES = [400, 401, 402, 403, 404, 408, 422, 429, 500, 502, 503, 504];

/** Statuses after which the nodes retry a request that is safe to repeat. */
const RETRIED_STATUSES = [408, 429, 500, 502, 503, 504];

/**
 * Creates the page about errors: from its notes, the hints in the code of the nodes, and the messages there.
 *
 * @param notes the prose of the page
 * @throws Error if a code has no meaning or no hint, or if a note has no place
 */
export async function createErrorPage(notes: string): Promise<string> {
	const { intro, sections } = parseNotes(notes);
	const messages = await listMessages();
	const messagesByStatus = new Set(STATUSES.map((status) => failureOf(status).message));
	const takeNote = (heading: string) => {
		const note = sections.get(heading);
		sections.delete(heading);
		return note;
	};
	const section = (heading: string, ...blocks: string[]) =>
		joinBlocks(`## ${heading}`, takeNote(heading), ...blocks);
	const page = joinBlocks(
		'# Errors',
		'<!-- Made by `npm run generate` from the code of the nodes and docs/reference/. -->',
		intro,
		section('The error output'),
		section('Statuses', createStatusTable()),
		section('Codes of sync.so', ...createCodeTables()),
		...Object.entries(MESSAGE_HEADINGS).map(([node, heading]) => {
			const table = createMessageTable(
				messages.filter((entry) => entry.node === node && !messagesByStatus.has(entry.message)),
			);
			return table && section(heading, table);
		}),
	);
	if (sections.size > 0)
		throw new Error(`There are no such headings: ${[...sections.keys()].join(', ')}`);
	return `${page}\n`;
}

const failureOf = (statusCode: number) =>
	failureFromResponse({ statusCode, headers: {}, body: '' });

function createStatusTable(): string {
	return createTable(
		['status', 'message', 'retried', 'what to do'],
		STATUSES.map((statusCode) => {
			const { message, hint } = failureOf(statusCode);
			const isRetried = RETRIED_STATUSES.includes(statusCode);
			return [String(statusCode), message, isRetried ? 'yes' : 'no', toSentence(hint ?? '')];
		}),
	);
}

/** @throws Error if the codes with a meaning aren't those with a hint */
function createCodeTables(): string[] {
	const explained = Object.values(CODE_MEANINGS).flatMap((group) => Object.keys(group));
	const missing = Object.keys(HINT_BY_CODE).filter((code) => !explained.includes(code));
	const unknown = explained.filter((code) => !(code in HINT_BY_CODE));
	if (missing.length > 0)
		throw new Error(`Explain in docs/reference/codeMeanings.mts: ${missing.join(', ')}`);
	if (unknown.length > 0)
		throw new Error(`Remove from docs/reference/codeMeanings.mts: ${unknown.join(', ')}`);
	return Object.entries(CODE_MEANINGS).map(([group, meanings]) =>
		joinBlocks(
			`### ${group}`,
			createTable(
				['code', 'meaning', 'what to do'],
				Object.entries(meanings).map(([code, meaning]) => [
					`\`${code}\``,
					meaning,
					toSentence(HINT_BY_CODE[code]),
				]),
			),
		),
	);
}

function createMessageTable(messages: Message[]): string {
	const hints = new Map<string, Set<string>>();
	for (const { message, hint } of messages) {
		hints.set(message, (hints.get(message) ?? new Set()).add(toSentence(hint)));
	}
	return createTable(
		['message', 'what to do'],
		[...hints]
			.sort(([a], [b]) => a.localeCompare(b, 'en'))
			.map(([message, some]) => [message, [...some].join('<br>')]),
	);
}
