/** The query parameter that we add to n8n's resume URLs. n8n ignores it. */
const MARKER = 'idempotencyKey';

/** Adds a request's idempotency key to a resume URL, so that its generation can be found by that URL. */
export function addMarker(resumeUrl: string, key: string): string {
	const url = new URL(resumeUrl);
	url.searchParams.set(MARKER, key);
	return url.href;
}

/** The idempotency key that {@link addMarker} added; undefined for any other URL. */
export function readMarker(webhookUrl: unknown): string | undefined {
	const url = parse(webhookUrl);
	return url?.searchParams.get(MARKER) ?? undefined;
}

/**
 * Whether a webhook URL resumes the same execution as a resume URL. Compares only the paths: a proxy may change the
 * host, and n8n 2.x adds a signature.
 */
export const resumesExecution = (webhookUrl: unknown, resumeUrl: string): boolean =>
	parse(webhookUrl)?.pathname === parse(resumeUrl)?.pathname;

/** Whether a webhook URL resumes another execution of the same n8n: only the ID at the end of the path differs. */
export const resumesAnother = (webhookUrl: unknown, resumeUrl: string): boolean =>
	!resumesExecution(webhookUrl, resumeUrl) && parentPath(webhookUrl) === parentPath(resumeUrl);

const parentPath = (url: unknown): string | undefined => parse(url)?.pathname.replace(/[^/]*$/, '');

const parse = (url: unknown): URL | undefined =>
	typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined;
