/** The query parameter that our nodes add to the URL at which n8n resumes an execution. n8n ignores it. */
const MARKER = 'idempotencyKey';

/** Adds the key of a request to the URL that resumes an execution: the generation can be found by it. */
export function addMarker(resumeUrl: string, key: string): string {
	const url = new URL(resumeUrl);
	url.searchParams.set(MARKER, key);
	return url.href;
}

/** The key that {@link addMarker} has added; undefined if the URL is another one. */
export function readMarker(webhookUrl: unknown): string | undefined {
	const url = parse(webhookUrl);
	return url?.searchParams.get(MARKER) ?? undefined;
}

/**
 * Whether a webhook URL resumes the execution of a resume URL. Only the paths count: a proxy may have changed the host,
 * and n8n 2.x adds a signature.
 */
export const resumesExecution = (webhookUrl: unknown, resumeUrl: string): boolean =>
	parse(webhookUrl)?.pathname === parse(resumeUrl)?.pathname;

/** Whether a webhook URL resumes another execution of the same n8n: only the ID at the end of the path differs. */
export const resumesAnother = (webhookUrl: unknown, resumeUrl: string): boolean =>
	!resumesExecution(webhookUrl, resumeUrl) && parentPath(webhookUrl) === parentPath(resumeUrl);

const parentPath = (url: unknown): string | undefined => parse(url)?.pathname.replace(/[^/]*$/, '');

const parse = (url: unknown): URL | undefined =>
	typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined;
