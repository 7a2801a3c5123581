import type { IDataObject, IN8nHttpFullResponse } from 'n8n-workflow';
import type { ItemContext } from '../transport/itemContext';
import type { ApiResponse } from '../transport/sender';
import { StallGuard } from './stallGuard';
import { checkFileUrl, sendToStorage } from './storage';
import type { FileStream } from './streams';

/** Storage servers redirect once or twice, if at all. */
const MAX_REDIRECTS = 5;
/** Error bodies of storage servers are short; longer ones are cut off here. */
const MAX_ERROR_LENGTH = 64 * 1024;

/** A file that is being received. */
export interface OpenFile {
	stream: FileStream;
	/** Ends a stalled transfer. The reader has to record progress on it. */
	guard: StallGuard;
	headers: IN8nHttpFullResponse['headers'];
	/** The host that sends the file. */
	host: string;
	/** Where in the file the content starts, in bytes. */
	start: number;
	/** The size of the whole file in bytes, if the server returns it. */
	size?: number;
	/** ETag or Last-Modified, to request the rest of the same file; undefined if the server doesn't support ranges. */
	validator?: string;
}

/** The rest of a file to request. */
export interface Remainder {
	/** Where the rest starts, in bytes. */
	start: number;
	/** From the response with the beginning of the file. */
	validator: string;
}

/**
 * Requests a file from a storage server, without sending the API key.
 *
 * @param remainder the part to request; default: the whole file
 * @param maxRetries default: the setting of the item
 * @returns a response whose body is an {@link OpenFile}; the caller has to close it
 * @throws FailureError if the URL, or a redirect from it, isn't allowed
 */
export async function openFile(
	item: ItemContext,
	url: string,
	remainder?: Remainder,
	maxRetries?: number,
): Promise<ApiResponse> {
	const { cancellation } = item.run;
	const attempt = async (connection: object) => {
		const guard = new StallGuard(item.settings.timeout * 1000, cancellation);
		let isOpen = false;
		try {
			const { response, host } = await requestFollowingRedirects(item, url, {
				remainder,
				guard,
				connection,
			});
			const stream = response.body as unknown as FileStream;
			if (response.statusCode < 200 || response.statusCode >= 300) {
				return { ...response, body: (await readErrorBody(stream)) as unknown as IDataObject };
			}
			isOpen = true;
			const file: OpenFile = { stream, guard, host, ...parseFileHeaders(response) };
			return { ...response, body: file as unknown as IDataObject };
		} finally {
			if (!isOpen) guard.end();
		}
	};
	return await sendToStorage(item, url, attempt, maxRetries);
}

/** Ends the transfer of a file, finished or not. */
export function closeFile({ guard, stream }: OpenFile): void {
	guard.end();
	stream.destroy();
}

/** Requests a URL. Follows redirects here instead of in n8n, to check each URL like the first one. */
async function requestFollowingRedirects(
	item: ItemContext,
	url: string,
	{
		remainder,
		guard,
		connection,
	}: { remainder?: Remainder; guard: StallGuard; connection: object },
): Promise<{ response: IN8nHttpFullResponse; host: string }> {
	const headers = {
		// With compression, lengths and ranges would not be those of the file's content.
		'Accept-Encoding': 'identity',
		...(remainder && { Range: `bytes=${remainder.start}-`, 'If-Range': remainder.validator }),
	};
	let currentUrl = url;
	for (let redirects = 0; ; redirects++) {
		const response = (await item.context.helpers.httpRequest({
			method: 'GET',
			url: currentUrl,
			headers,
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			abortSignal: guard.signal,
			...connection,
		})) as IN8nHttpFullResponse;
		const { location } = response.headers;
		const isRedirect = response.statusCode >= 300 && response.statusCode < 400;
		if (!isRedirect || typeof location !== 'string' || redirects === MAX_REDIRECTS) {
			return { response, host: new URL(currentUrl).host };
		}
		(response.body as unknown as FileStream).destroy();
		const next = URL.canParse(location, currentUrl) ? new URL(location, currentUrl).href : '';
		currentUrl = await checkFileUrl(item, next);
	}
}

/** The parts of an {@link OpenFile} that come from the headers. */
function parseFileHeaders({ statusCode, headers }: IN8nHttpFullResponse) {
	const [, start, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(String(headers['content-range'])) ?? [];
	const length = headers['content-length'];
	const isPartial = statusCode === 206 && start !== undefined;
	const size = isPartial ? Number(total) : length === undefined ? undefined : Number(length);
	const etag = typeof headers.etag === 'string' && !headers.etag.startsWith('W/') && headers.etag;
	const supportsRanges = isPartial || headers['accept-ranges'] === 'bytes';
	const validator = (etag || (headers['last-modified'] as string | undefined)) ?? undefined;
	return {
		headers,
		start: isPartial ? Number(start) : 0,
		size,
		...(supportsRanges && { validator }),
	};
}

async function readErrorBody(stream: FileStream): Promise<string> {
	let text = '';
	for await (const chunk of stream) {
		text += String(chunk);
		if (text.length > MAX_ERROR_LENGTH) break;
	}
	return text;
}
