import { NodeApiError, UserError } from 'n8n-workflow';

import { classifyError, failureFromError } from '../../nodes/shared/transport/networkErrors.ts';
import { createConnectionError, NODE, wrapConnectionError } from './fakeServer.mts';

test.each([
	['ECONNREFUSED', 'sync.so refused the connection', { wasSent: false, isRetryable: true }],
	['EAI_AGAIN', 'The server sync.so was not found', { wasSent: false, isRetryable: true }],
	['ENOTFOUND', 'The server sync.so was not found', { wasSent: false, isRetryable: false }],
	[
		'CERT_HAS_EXPIRED',
		'The certificate of sync.so is not valid (CERT_HAS_EXPIRED)',
		{ wasSent: false, isRetryable: false },
	],
	['ECONNRESET', 'The connection to sync.so broke', { wasSent: true, isRetryable: true }],
	['EPIPE', 'The connection to sync.so broke', { wasSent: true, isRetryable: true }],
	['ECONNABORTED', 'sync.so did not respond in time', { wasSent: true, isRetryable: true }],
	['ETIMEDOUT', 'sync.so did not respond in time', { wasSent: true, isRetryable: true }],
	['ESOCKETTIMEDOUT', 'sync.so did not respond in time', { wasSent: true, isRetryable: true }],
	['ERR_CANCELED', 'sync.so did not respond in time', { wasSent: true, isRetryable: true }],
	[
		'HPE_INVALID_CHUNK_SIZE',
		"The response from sync.so can't be read (HPE_INVALID_CHUNK_SIZE)",
		{ wasSent: true, isRetryable: true },
	],
	[
		'EPROTO',
		"The response from sync.so can't be read (EPROTO)",
		{ wasSent: true, isRetryable: true },
	],
	[
		'ERR_NETWORK',
		"The response from sync.so can't be read (ERR_NETWORK)",
		{ wasSent: true, isRetryable: true },
	],
])('%s: %s', (code, message, classified) => {
	const error = wrapConnectionError(code);
	expect(failureFromError(error)).toEqual({
		message,
		statusCode: 0,
		errorCode: null,
		hint: expect.stringMatching(/\w/) as string,
		requestId: null,
	});
	expect(classifyError(error)).toEqual(classified);
});

test('a response that breaks off without an error code, as in n8n 1.x, counts as sent', () => {
	const error = new NodeApiError(NODE, new Error('stream has been aborted') as never);
	expect(failureFromError(error).message).toBe('The connection to sync.so broke');
	expect(classifyError(error)).toEqual({ wasSent: true, isRetryable: true });
});

describe.each(['EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'])('%s', (code) => {
	test.each([
		['connect', false],
		['read', true],
		['write', true],
	])('of %s counts as sent: %s', (syscall, wasSent) => {
		const error = Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
		const inLatestN8n = new NodeApiError(NODE, error as never);
		const inN8n1 = Object.assign(new NodeApiError(NODE, error as never), { cause: undefined });
		for (const thrown of [error, inLatestN8n, inN8n1]) {
			expect(classifyError(thrown)).toEqual({ wasSent, isRetryable: true });
		}
	});
});

test.each(['ENOSPC', 'EACCES', 'ENOENT'])('%s is not retried', (code) => {
	expect(classifyError(wrapConnectionError(code))).toEqual({ wasSent: true, isRetryable: false });
});

test('uses the code of an unwrapped error too', () => {
	const error = createConnectionError('ECONNRESET');
	expect(failureFromError(error).message).toBe('The connection to sync.so broke');
	expect(classifyError(error)).toEqual({ wasSent: true, isRetryable: true });
});

test('keeps the message of an unusable credential, even if n8n wraps it', () => {
	const invalid = new UserError('The Base URL is no good', { description: 'Type another' });
	const expected = { message: 'The Base URL is no good', hint: 'Type another' };
	expect(failureFromError(invalid)).toMatchObject(expected);
	const wrapped = new NodeApiError(NODE, invalid as never);
	expect(failureFromError(wrapped)).toMatchObject(expected);
	for (const error of [invalid, wrapped]) {
		expect(classifyError(error)).toEqual({ wasSent: false, isRetryable: false });
	}
});

test('replaces a missing message with a general one', () => {
	expect(failureFromError({})).toMatchObject({
		message: 'The request could not be sent',
		statusCode: 0,
		hint: null,
	});
});

test('uses the code when n8n 1.x leaves nothing else of the error', () => {
	const error = Object.assign(wrapConnectionError('ECONNRESET'), { cause: undefined });
	expect(error).toMatchObject({ httpCode: 'ECONNRESET' });
	expect(failureFromError(error).message).toBe('The connection to sync.so broke');
	expect(classifyError(error)).toEqual({ wasSent: true, isRetryable: true });
});

describe('the message names the right server', () => {
	const STORAGE = { host: 'files.example.com', isApi: false };
	const API = { host: 'sync.example.com', isApi: true };

	test.each([
		['ENOTFOUND', STORAGE, 'The server files.example.com was not found', /sync\.so stores files/],
		['ENOTFOUND', API, 'The server sync.example.com was not found', /Base URL/],
		['ECONNREFUSED', STORAGE, 'files.example.com refused the connection', /firewall or proxy/],
		['EHOSTUNREACH', API, "sync.example.com can't be reached", /Base URL/],
		['ECONNRESET', STORAGE, 'The connection to files.example.com broke', /internet connection/],
		[
			'SELF_SIGNED_CERT_IN_CHAIN',
			API,
			'The certificate of sync.example.com is not valid (SELF_SIGNED_CERT_IN_CHAIN)',
			/Ignore SSL Issues/,
		],
		['ENOSPC', STORAGE, 'n8n has no space left to store the file', /Free up disk space/],
		['EACCES', STORAGE, 'n8n has no permission to store the file in its folder', /N8N_STORAGE/],
		[
			'ENOENT',
			STORAGE,
			"n8n can't store or read the file: its folder or the file is missing",
			/N8N_STORAGE/,
		],
		['EMFILE', API, 'n8n has too many files open', /Run fewer/],
	])('%s from %j', (code, server, message, hint) => {
		const failure = failureFromError(wrapConnectionError(code), server);
		expect(failure).toMatchObject({ message, hint: expect.stringMatching(hint) as string });
	});
});
