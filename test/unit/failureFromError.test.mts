import type { INode } from 'n8n-workflow';
import { NodeApiError, UserError } from 'n8n-workflow';
import { classifyError, failureFromError } from '../../nodes/shared/transport/networkErrors.ts';

const NODE = { name: 'Sync Asset', type: 'n8n-nodes-sync-so.syncAsset' } as INode;

/** An error as axios throws it, wrapped as n8n wraps it. */
const ofNetwork = (code: string) =>
	new NodeApiError(NODE, Object.assign(new Error(`connect ${code}`), { code }) as never);

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
	['ECONNABORTED', 'sync.so did not answer in time', { wasSent: true, isRetryable: true }],
	['ETIMEDOUT', 'sync.so did not answer in time', { wasSent: true, isRetryable: true }],
	['ESOCKETTIMEDOUT', 'sync.so did not answer in time', { wasSent: true, isRetryable: true }],
	['ERR_CANCELED', 'sync.so did not answer in time', { wasSent: true, isRetryable: true }],
	[
		'HPE_INVALID_CHUNK_SIZE',
		"The answer of sync.so can't be read (HPE_INVALID_CHUNK_SIZE)",
		{ wasSent: true, isRetryable: true },
	],
	['EPROTO', "The answer of sync.so can't be read (EPROTO)", { wasSent: true, isRetryable: true }],
	[
		'ERR_NETWORK',
		"The answer of sync.so can't be read (ERR_NETWORK)",
		{ wasSent: true, isRetryable: true },
	],
])('%s: %s', (code, message, classified) => {
	const error = ofNetwork(code);
	expect(failureFromError(error)).toEqual({
		message,
		statusCode: 0,
		errorCode: null,
		hint: expect.stringMatching(/\w/) as string,
		requestId: null,
	});
	expect(classifyError(error)).toEqual(classified);
});

test('an answer that breaks off without a code, as in n8n 1.x, may have been sent', () => {
	const error = new NodeApiError(NODE, new Error('stream has been aborted') as never);
	expect(failureFromError(error).message).toBe('The connection to sync.so broke');
	expect(classifyError(error)).toEqual({ wasSent: true, isRetryable: true });
});

test.each(['ENOSPC', 'EACCES', 'ENOENT'])('%s is no reason to send again', (code) => {
	expect(classifyError(ofNetwork(code))).toEqual({ wasSent: true, isRetryable: false });
});

test('the code counts as well when the error comes unwrapped', () => {
	const error = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
	expect(failureFromError(error).message).toBe('The connection to sync.so broke');
	expect(classifyError(error)).toEqual({ wasSent: true, isRetryable: true });
});

test('the words of an unusable credential are kept, through the wrapping of n8n too', () => {
	const refused = new UserError('The Base URL is no good', { description: 'Type another' });
	const expected = { message: 'The Base URL is no good', hint: 'Type another' };
	expect(failureFromError(refused)).toMatchObject(expected);
	const wrapped = new NodeApiError(NODE, refused as never);
	expect(failureFromError(wrapped)).toMatchObject(expected);
	for (const error of [refused, wrapped]) {
		expect(classifyError(error)).toEqual({ wasSent: false, isRetryable: false });
	}
});

test('an error without words', () => {
	expect(failureFromError({})).toMatchObject({
		message: 'The request could not be sent',
		statusCode: 0,
		hint: null,
	});
});

test('the code counts as well where n8n 1.x has left nothing else of the error', () => {
	const error = Object.assign(ofNetwork('ECONNRESET'), { cause: undefined });
	expect(error).toMatchObject({ httpCode: 'ECONNRESET' });
	expect(failureFromError(error).message).toBe('The connection to sync.so broke');
	expect(classifyError(error)).toEqual({ wasSent: true, isRetryable: true });
});

describe('the right party is named', () => {
	const STORAGE = { host: 'files.example.com', isApi: false };
	const API = { host: 'sync.example.com', isApi: true };

	test.each([
		['ENOTFOUND', STORAGE, 'The server files.example.com was not found', /sync\.so keeps files/],
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
		['EACCES', STORAGE, 'n8n may not store the file: no permission for its folder', /N8N_STORAGE/],
		[
			'ENOENT',
			STORAGE,
			"n8n can't store or read the file: its folder or the file is missing",
			/N8N_STORAGE/,
		],
		['EMFILE', API, 'n8n has too many files open', /Run fewer/],
	])('%s at %j', (code, server, message, hint) => {
		const failure = failureFromError(ofNetwork(code), server);
		expect(failure).toMatchObject({ message, hint: expect.stringMatching(hint) as string });
	});
});
