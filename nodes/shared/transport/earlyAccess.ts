import type { Failure } from './errors';
import type { FailedResponse } from './sender';

/** Statuses that always mean that the API doesn't know the route. */
const UNKNOWN_ROUTE_STATUSES = [405, 501];

/** Error codes that the API sends if the account has no access to dialogue edits. */
const REFUSAL_CODES = [
	'dialogue_edit_retime_required',
	'dialogue_edit_unsupported',
	'plan_feature_unavailable',
];

/**
 * Whether the API refused a request because what it is about isn't available to the account. A code for something else
 * rules that out.
 *
 * @param isIdGiven whether the request names an ID. A 404 from the API itself then means that the ID is unknown.
 */
function isRefusal({ failure, fromApi }: FailedResponse, isIdGiven: boolean): boolean {
	const { statusCode, errorCode } = failure;
	if (errorCode !== null) return REFUSAL_CODES.includes(errorCode);
	if (statusCode === 404) return !(fromApi && isIdGiven);
	if (statusCode === 503 || statusCode === 403) return fromApi;
	return UNKNOWN_ROUTE_STATUSES.includes(statusCode);
}

/**
 * The failure of a request about something that is in early access: it says so if that may be the reason.
 *
 * @param feature what it is about, in the plural, e.g. `transcriptions`
 * @param isIdGiven whether the request names an ID
 */
export function toEarlyAccessFailure(
	response: FailedResponse,
	feature: string,
	isIdGiven = false,
): Failure {
	const { failure } = response;
	if (!isRefusal(response, isIdGiven)) return failure;
	const reason = response.fromApi ? ` (sync.so: ${failure.message})` : '';
	return {
		...failure,
		message: `Your sync.so account may not have access to ${feature}, which are in early access${reason}`,
		hint: `Ask sync.so to enable ${feature} for your account. If other operations fail too, check the 'Base URL' in the Sync API credential.`,
	};
}
