import type { INode } from 'n8n-workflow';
import { NodeApiError, UserError } from 'n8n-workflow';
import { failureOfError, isBrokenConnection } from '../../nodes/shared/transport/errors.ts';

const NODE = { name: 'Sync Asset', type: 'n8n-nodes-sync-so.syncAsset' } as INode;

/** An error as axios throws it, wrapped as n8n wraps it. */
const ofNetwork = (code: string) =>
	new NodeApiError(NODE, Object.assign(new Error(`connect ${code}`), { code }) as never);

test.each([
	['ECONNREFUSED', 'The server refused the connection', true],
	['ECONNRESET', 'The connection to sync.so broke', true],
	['EPIPE', 'The connection to sync.so broke', true],
	['ECONNABORTED', 'sync.so did not answer in time', true],
	['ETIMEDOUT', 'sync.so did not answer in time', true],
	['ESOCKETTIMEDOUT', 'sync.so did not answer in time', true],
	['EAI_AGAIN', 'The server of the Sync API was not found', true],
	['ENOTFOUND', 'The server of the Sync API was not found', false],
	['CERT_HAS_EXPIRED', 'The connection to the Sync API failed (CERT_HAS_EXPIRED)', false],
	['ERR_CANCELED', 'sync.so did not answer in time', true],
])('%s: %s; worth another try: %s', (code, message, again) => {
	const error = ofNetwork(code);
	expect(failureOfError(error)).toEqual({
		message,
		statusCode: 0,
		errorCode: null,
		hint: expect.stringMatching(/\w/) as string,
		requestId: null,
	});
	expect(isBrokenConnection(error)).toBe(again);
});

test('the code counts as well when the error comes unwrapped', () => {
	const error = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
	expect(failureOfError(error).message).toBe('The connection to sync.so broke');
	expect(isBrokenConnection(error)).toBe(true);
});

test('the words of an unusable credential are kept, through the wrapping of n8n too', () => {
	const refused = new UserError('The Base URL is no good', { description: 'Type another' });
	const expected = { message: 'The Base URL is no good', hint: 'Type another' };
	expect(failureOfError(refused)).toMatchObject(expected);
	expect(failureOfError(new NodeApiError(NODE, refused as never))).toMatchObject(expected);
});

test('an error without words', () => {
	expect(failureOfError({})).toMatchObject({
		message: 'The request could not be sent',
		statusCode: 0,
		hint: null,
	});
});

test('the code counts as well where n8n 1.x has left nothing else of the error', () => {
	const error = Object.assign(ofNetwork('ECONNRESET'), { cause: undefined });
	expect(error).toMatchObject({ httpCode: 'ECONNRESET' });
	expect(failureOfError(error).message).toBe('The connection to sync.so broke');
	expect(isBrokenConnection(error)).toBe(true);
});
