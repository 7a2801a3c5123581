/** The marker in a resume URL: a query parameter with the request's idempotency key. n8n ignores it. */
const KEY_PARAMETER = 'idempotencyKey';

/** Adds the marker to a resume URL, so that the generation can be found by its webhook URL. */
export function addMarker(resumeUrl: string, key: string): string {
	const url = new URL(resumeUrl);
	url.searchParams.set(KEY_PARAMETER, key);
	return url.href;
}

/** The idempotency key in the marker of a webhook URL; undefined if it has no marker. */
export function readMarker(webhookUrl: unknown): string | undefined {
	const url = parseUrl(webhookUrl);
	return url?.searchParams.get(KEY_PARAMETER) ?? undefined;
}

/**
 * Whether a webhook URL resumes the same execution as a resume URL. Compares only the paths: a proxy may change the
 * host, and n8n 2.x adds a signature.
 */
export const resumesExecution = (webhookUrl: unknown, resumeUrl: string): boolean =>
	parseUrl(webhookUrl)?.pathname === parseUrl(resumeUrl)?.pathname;

/** Whether a webhook URL resumes another execution of the same n8n: only the ID at the end of the path differs. */
export const resumesAnother = (webhookUrl: unknown, resumeUrl: string): boolean =>
	!resumesExecution(webhookUrl, resumeUrl) &&
	getParentPath(webhookUrl) === getParentPath(resumeUrl);

const getParentPath = (url: unknown): string | undefined =>
	parseUrl(url)?.pathname.replace(/[^/]*$/, '');

const parseUrl = (url: unknown): URL | undefined =>
	typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined;
