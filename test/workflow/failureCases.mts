import type { Failure } from '../../nodes/shared/transport/errors.ts';
import { type HttpResponse, RESPONSES } from '../unit/responses.mts';
import type { FakeResponse } from './fakeApi.mts';

/** A response that makes a lookup fail, and the error that the item must have. */
export interface FailureCase {
	response: FakeResponse;
	/** Builds the error. @param host of the server, which connection errors name */
	buildError: (host: string) => Failure;
}

const CREDENTIAL_HINT = "Check the 'Base URL' in the Sync API credential";
const MINUTE = 'Run the workflow again in a minute';

const createCase = (
	response: FakeResponse,
	message: string,
	hint: string,
	more: Partial<Failure> = {},
): FailureCase => ({
	response,
	buildError: (host) => ({
		message: message.replace('{host}', host),
		statusCode: typeof response === 'string' ? 0 : response.status,
		errorCode: null,
		hint,
		requestId: null,
		...more,
	}),
});

const key = (response: HttpResponse) =>
	createCase(
		response,
		'sync.so rejected the API key',
		'Check the API key in the Sync API credential, or create a new one at https://sync.so/settings/api-keys',
	);

const internal = (response: HttpResponse, message: string, more?: Partial<Failure>) =>
	createCase(
		response,
		message,
		'Run the workflow again later. If it keeps failing, contact sync.so support with the request ID',
		more,
	);

/** A 200 whose body is not an asset, such as the page of a gateway. */
const noAsset = (body: HttpResponse['body'], type = 'application/json') =>
	createCase(
		{ status: 200, body, headers: { 'content-type': type } },
		'The response from sync.so is not an asset',
		typeof body === 'string' && body !== '' && body !== 'null'
			? CREDENTIAL_HINT
			: `${CREDENTIAL_HINT}, or run the workflow again in a minute`,
	);

const broken = (response: FakeResponse) =>
	createCase(
		response,
		'The connection to {host} broke',
		"Check n8n's internet connection, then run the workflow again",
	);

const late = (response: FakeResponse) =>
	createCase(
		response,
		'{host} did not respond in time',
		"Run the workflow again, or raise 'Timeout (Seconds)' under 'Options'",
	);

const TOO_MANY =
	"Lower 'Max Concurrent Requests' or raise 'Max Retries' under 'Options', or run fewer workflows at the same time";

/** Every kind of response that makes a lookup fail. */
export const FAILURE_CASES: Record<string, FailureCase> = {
	'401 for an invalid key': key(RESPONSES.keyInvalid),
	'401 for a missing key': key(RESPONSES.keyMissing),
	'403': createCase(
		RESPONSES.forbidden,
		'You do not have access to this asset',
		'Use the API key of the member who owns the asset',
		{ errorCode: 'asset_forbidden' },
	),
	'403 from a firewall': createCase(
		RESPONSES.firewall,
		'A firewall or proxy between n8n and sync.so blocked the request',
		"Ask your network administrator to allow the 'Base URL' in the Sync API credential",
	),
	'404 for the asset': createCase(
		RESPONSES.notFound,
		'Asset not found',
		'Check the asset id and that it belongs to your organization.',
		{ errorCode: 'asset_not_found' },
	),
	'404 for the URL': createCase(
		RESPONSES.wrongAddress,
		'There is no Sync API at this address',
		CREDENTIAL_HINT,
	),
	'404 as HTML': createCase(
		RESPONSES.htmlNotFound,
		'There is no Sync API at this address',
		CREDENTIAL_HINT,
	),
	'400': createCase(
		RESPONSES.invalidId,
		'The ID is not valid (sync.so: ids.0 must be a UUID; ids.1 must be a UUID)',
		'Check the values of the fields in this node',
	),
	'422': createCase(
		RESPONSES.unprocessable,
		'The asset ID is not valid (sync.so: id must be a UUID)',
		'Use an ID such as 550e8400-e29b-41d4-a716-446655440000, or select the asset from the list',
		{ errorCode: 'invalid_asset_id_format' },
	),
	'429 for the rate limit': createCase(
		RESPONSES.rateLimited,
		'Rate limit exceeded. Please try again later.',
		TOO_MANY,
		{ errorCode: 'rate_limit_exceeded' },
	),
	'429 for the concurrency limit': createCase(
		RESPONSES.concurrencyLimited,
		'Concurrency limit reached',
		"Your plan's limit of concurrent generations is reached. Raise 'Time Limit (Minutes)' under 'Options', or run fewer workflows at the same time",
		{ errorCode: 'concurrency_limit_reached' },
	),
	'500 with a request ID': internal(RESPONSES.internalError, 'Internal server error', {
		errorCode: 'internal_error',
		requestId: 'req_01JD8Z5W3K',
	}),
	'500 without a body': internal(RESPONSES.emptyError, 'sync.so had an internal error'),
	'500 as text': internal(RESPONSES.textError, 'sync.so had an internal error', {
		requestId: 'edge-7',
	}),
	'502 as HTML': createCase(
		RESPONSES.badGateway,
		'sync.so is unreachable behind its gateway',
		MINUTE,
	),
	'503 as HTML': createCase(
		RESPONSES.unavailable,
		'sync.so is not available at the moment',
		MINUTE,
	),
	'418 without a body': createCase(
		RESPONSES.teapot,
		'sync.so responded with status 418',
		'Check the values of the fields in this node',
	),
	'a redirect': createCase(
		RESPONSES.moved,
		'The server redirected the request',
		"Set the 'Base URL' in the Sync API credential to the final address. The redirect leads to https://www.example.com/v2/assets/x",
	),
	'200 without an ID': noAsset({ name: 'speaker.mp4' }),
	'200 with an ID that is not text': noAsset({ id: 7 }),
	'200 with a list': noAsset([]),
	'200 with null': noAsset('null'),
	'200 with text': noAsset('Welcome', 'text/plain'),
	'200 with HTML': noAsset('<html></html>', 'text/html'),
	'200 without a body': noAsset(''),
	'200 with truncated JSON': noAsset('{"id":"550e8400'),
	'a reset connection': broken('reset'),
	'a response that breaks off': broken('truncated'),
	'no response in time': late('never'),
	'a response that stalls': late('stalled'),
};
