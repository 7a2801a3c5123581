import { failureFromResponse, parseErrorBody } from '../../nodes/shared/transport/errors.ts';
import { type HttpResponse, RESPONSES, toFullResponse } from './responses.mts';

const failure = (response: HttpResponse) => failureFromResponse(toFullResponse(response));

const CHECK_BASE_URL = "Check the 'Base URL' in the Sync API credential";
const CHECK_FIELDS = 'Check the values of the fields in this node';
const CHECK_KEY =
	'Check the API key in the Sync API credential, or create a new one at https://sync.so/settings/api-keys';

/** JSON that JavaScript can't convert to text. */
const NO_TEXT = { toString: {}, valueOf: {} };

type Expected = [message: string, errorCode: string | null, hint: string, requestId?: string];

test.each<[keyof typeof RESPONSES, Expected]>([
	['keyInvalid', ['sync.so rejected the API key', null, CHECK_KEY]],
	['keyMissing', ['sync.so rejected the API key', null, CHECK_KEY]],
	[
		'forbidden',
		[
			'You do not have access to this asset',
			'asset_forbidden',
			'Use the API key of the member who owns the asset',
		],
	],
	[
		'notFound',
		[
			'Asset not found',
			'asset_not_found',
			'Check the asset id and that it belongs to your organization.',
		],
	],
	['wrongAddress', ['There is no Sync API at this address', null, CHECK_BASE_URL]],
	['htmlNotFound', ['There is no Sync API at this address', null, CHECK_BASE_URL]],
	[
		'invalidId',
		[
			'The ID is not valid (sync.so: ids.0 must be a UUID; ids.1 must be a UUID)',
			null,
			CHECK_FIELDS,
		],
	],
	[
		'unprocessable',
		[
			'The asset ID is not valid (sync.so: id must be a UUID)',
			'invalid_asset_id_format',
			'Use an ID such as 550e8400-e29b-41d4-a716-446655440000, or select the asset from the list',
		],
	],
	[
		'rateLimited',
		[
			'Rate limit exceeded. Please try again later.',
			'rate_limit_exceeded',
			"Lower 'Max Concurrent Requests' or raise 'Max Retries' under 'Options', or run fewer workflows at the same time",
		],
	],
	[
		'internalError',
		[
			'Internal server error',
			'internal_error',
			'Run the workflow again later. If it keeps failing, contact sync.so support with the request ID',
			'req_01JD8Z5W3K',
		],
	],
	[
		'badGateway',
		['sync.so is unreachable behind its gateway', null, 'Run the workflow again in a minute'],
	],
	[
		'unavailable',
		['sync.so is not available at the moment', null, 'Run the workflow again in a minute'],
	],
	[
		'emptyError',
		[
			'sync.so had an internal error',
			null,
			'Run the workflow again later. If it keeps failing, contact sync.so support with the request ID',
		],
	],
	[
		'textError',
		[
			'sync.so had an internal error',
			null,
			'Run the workflow again later. If it keeps failing, contact sync.so support with the request ID',
			'edge-7',
		],
	],
	[
		'moved',
		[
			'The server redirected the request',
			null,
			"Set the 'Base URL' in the Sync API credential to the final address. The redirect leads to https://www.example.com/v2/assets/x",
		],
	],
	['teapot', ['sync.so responded with status 418', null, CHECK_FIELDS]],
])('explains %s', (name, [message, errorCode, hint, requestId = null]) => {
	const { status: statusCode } = RESPONSES[name];
	expect(failure(RESPONSES[name])).toEqual({ message, statusCode, errorCode, hint, requestId });
});

describe('a raw message about an invalid value', () => {
	test.each([
		['id must be a UUID', 'The ID is not valid'],
		['input.0.assetId must be a UUID', 'The asset ID is not valid'],
		['each value in ids must be a UUID', 'The ID is not valid'],
		['model must be equal to one of the allowed values', 'The model is not available'],
		['model must be one of the following values: lipsync-2, sync-3', 'The model is not available'],
		['input.0.url must be a URL', "sync.so rejected the value of 'input.0.url'"],
		['name should not be empty', "sync.so rejected the value of 'name'"],
		[
			'options.temperature must not be greater than 1',
			"sync.so rejected the value of 'options.temperature'",
		],
		['property voice should not exist', "sync.so doesn't support the field 'voice'"],
	])('is explained and quoted: %s', (message, explanation) => {
		const expected = `${explanation} (sync.so: ${message})`;
		expect(failure({ status: 400, body: { message } }).message).toBe(expected);
		expect(failure({ status: 422, body: { message: [message] } }).message).toBe(expected);
	});

	test('is explained only once if several have the same explanation', () => {
		const message = ['name should not be empty', 'name must be a string', 'id must be a UUID'];
		expect(failure({ status: 400, body: { message } }).message).toBe(
			`sync.so rejected the value of 'name'. The ID is not valid (sync.so: ${message.join('; ')})`,
		);
	});

	test.each([
		['You must upgrade your plan'],
		['it must be shorter'],
		['Either Cookie or x-api-key header must be provided'],
		['The video must be shorter than 5 minutes'],
	])('other sentences stay as they are: %s', (message) => {
		expect(failure({ status: 400, body: { message } }).message).toBe(message);
	});
});

test('a redirect without a target', () => {
	expect(failure({ status: 302, body: '' }).hint).toBe(
		"Set the 'Base URL' in the Sync API credential to the final address",
	);
});

test('a server error with an unknown status', () => {
	expect(failure({ status: 599, body: '' })).toMatchObject({
		message: 'sync.so responded with status 599',
		hint: 'Run the workflow again in a minute',
	});
});

test.each([[''], ['   '], [null], [7], [{}], [[]], [NO_TEXT]])(
	'a message of %j is ignored',
	(message) => {
		expect(failure({ status: 400, body: { message } }).message).toBe(
			'sync.so rejected the request',
		);
		expect(failure({ status: 404, body: { message } }).message).toBe(
			'There is no Sync API at this address',
		);
	},
);

test.each([['constructor'], [NO_TEXT]])(
	'an error code of %j has no hint of its own',
	(errorCode) => {
		expect(failure({ status: 400, body: { errorCode, message: 'No' } }).hint).toBe(CHECK_FIELDS);
	},
);

test.each([['wrongAddress'], ['htmlNotFound'], ['emptyError'], ['badGateway'], ['moved']] as const)(
	'%s does not come from the API',
	(name) => expect(parseErrorBody(toFullResponse(RESPONSES[name]))).toBeUndefined(),
);

test.each([['notFound'], ['keyInvalid'], ['rateLimited'], ['invalidId']] as const)(
	'%s comes from the API',
	(name) => expect(parseErrorBody(toFullResponse(RESPONSES[name]))).toBe(RESPONSES[name].body),
);
