import type { IDataObject, INode } from 'n8n-workflow';

/** The parts of a failure that explain it. */
interface Explanation {
	message: string;
	hint: string | null;
}

/** What the IDs in an error item identify, the most telling one first. */
const NOUN_BY_ERROR_FIELD: Record<string, string> = {
	assetId: 'asset',
	generationId: 'generation',
	projectId: 'project',
	voiceId: 'voice',
	batchId: 'batch',
};

/** Maximum length of an ID in a message. The error's data has all of it. */
const MAX_ID_LENGTH = 40;

/** Whether an AI agent uses the node as a tool. n8n then shows the agent only the message of an error. */
export const isTool = ({ type }: Pick<INode, 'type'>): boolean => type.endsWith('Tool');

/** The ID that a failure is about, and what it identifies. Undefined if the message says it already. */
function findId(
	message: string,
	errorFields: IDataObject,
): { noun: string; id: string } | undefined {
	const ids = Object.entries(NOUN_BY_ERROR_FIELD).flatMap(([field, noun]) => {
		const value = errorFields[field];
		const id = typeof value === 'string' ? value.replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ').trim() : '';
		return id === '' || id === 'null' ? [] : [{ noun, id }];
	});
	if (ids.some(({ id }) => message.includes(id.slice(0, MAX_ID_LENGTH)))) return undefined;
	const mentioned = ids.find(({ noun }) => message.toLowerCase().includes(noun));
	const { noun, id } = mentioned ?? ids[0] ?? {};
	if (noun === undefined || id === undefined) return undefined;
	return { noun, id: id.length > MAX_ID_LENGTH ? `${id.slice(0, MAX_ID_LENGTH)}…` : id };
}

/**
 * Adds to a failure's message which ID and item it is about, e.g. `Asset not found: 550e8400-… (item 3)`.
 *
 * n8n's editor appends `[item 3]` to the message of an error, unless the message contains `item 3`.
 *
 * @param errorFields identify what was requested, e.g. `{ assetId: '…' }`
 * @param itemIndex omitted if there is only one item
 */
export function locateFailure(
	{ message }: Explanation,
	errorFields: IDataObject,
	itemIndex?: number,
): string {
	const found = findId(message, errorFields);
	const isNotFound = found && message.toLowerCase() === `${found.noun} not found`;
	const details = [
		found && !isNotFound && `${found.noun} ${found.id}`,
		itemIndex !== undefined && `item ${itemIndex}`,
	].filter(Boolean);
	const subject = isNotFound ? `${message}: ${found.id}` : message;
	if (details.length === 0) return subject;
	return `${subject.replace(/\.$/, '')} (${details.join(', ')})`;
}

/** The message of a failure for an AI agent: what happened, to what, and what to do. */
export function explainToAgent(failure: Explanation, errorFields: IDataObject): string {
	const located = locateFailure(failure, errorFields);
	if (!failure.hint) return located;
	return `${located}${/[.!?]$/.test(located) ? '' : '.'} ${failure.hint}`;
}
