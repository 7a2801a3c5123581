/** The API's messages about an invalid value, in the style of the library class-validator. */
const INVALID_VALUE =
	/^(?:each value in )?(?:nested property )?([a-z][\w.[\]-]*) (?:must (?:be|not|contain|match|have)\b|should (?:not )?be\b)(.*)/s;
const UNKNOWN_FIELD = /^property (\S+) should not exist$/;
/** Words that start a sentence about something else than a field. */
const NOT_A_FIELD = /^(?:it|that|this|they|we|you)$/;
const INVALID_ID_CODE = /^(?:invalid|unsupported)_([a-z]+)_id/;

/**
 * Explains the API's messages about invalid values, e.g. `id must be a UUID`, and quotes them. Returns any other message
 * as it is.
 *
 * @param messages the API's messages about one request
 * @param errorCode the API's code, which may name the resource that an ID is of
 */
export function explainApiMessages(messages: string[], errorCode: string | null): string {
	const original = messages.join('; ');
	const explanations = messages.map((message) => explainMessage(message.trim(), errorCode));
	if (messages.length === 0 || explanations.includes(undefined)) return original;
	return `${[...new Set(explanations)].join('. ')} (sync.so: ${original})`;
}

function explainMessage(message: string, errorCode: string | null): string | undefined {
	const unknownField = UNKNOWN_FIELD.exec(message)?.[1];
	if (unknownField !== undefined) return `sync.so doesn't support the field '${unknownField}'`;
	const [, field, rule] = INVALID_VALUE.exec(message) ?? [];
	if (field === undefined || NOT_A_FIELD.test(field)) return undefined;
	// The name of the value itself, e.g. `assetId` of `input.0.assetId`, and `ids` of `ids.0`.
	const name = field.replace(/(?:\.\d+)+$/, '').replace(/^.*\./s, '');
	if (/\bUUID\b/i.test(rule) && /ids?$/i.test(name)) {
		const resource = /^([a-z]+)Ids?$/.exec(name)?.[1] ?? INVALID_ID_CODE.exec(errorCode ?? '')?.[1];
		return `The ${resource ? `${resource} ` : ''}ID is not valid`;
	}
	if (name === 'model' && /\b(?:one of|allowed values)\b/.test(rule)) {
		return 'The model is not available';
	}
	return `sync.so rejected the value of '${field}'`;
}
