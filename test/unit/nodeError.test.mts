import { type IDataObject, NodeApiError, NodeOperationError } from 'n8n-workflow';

import { createNodeError, type Failure } from '../../nodes/shared/transport/errors.ts';
import { NODE } from './fakeServer.mts';

const SUBJECT = { assetId: 'a1' };
const NOT_FOUND: Failure = {
	message: 'Asset not found',
	statusCode: 404,
	errorCode: 'asset_not_found',
	hint: 'Check the asset ID',
	requestId: 'req_1',
};
const NOT_SENT: Failure = { ...NOT_FOUND, statusCode: 0, errorCode: null, requestId: null };

const createError = (failure: Failure, created?: IDataObject[]) =>
	createNodeError({ getItemIndex: () => 3, getNode: () => NODE }, failure, SUBJECT, created);

test('a node that stops throws a NodeApiError for an error response', () => {
	const error = createError(NOT_FOUND);
	expect(error).toBeInstanceOf(NodeApiError);
	expect(error).toMatchObject({
		message: 'Asset not found',
		description: 'Check the asset ID. Request ID: req_1',
		httpCode: '404',
		context: { itemIndex: 3, data: { ...NOT_FOUND, ...SUBJECT } },
	});
});

test('a node that stops throws a NodeOperationError if there is no response', () => {
	const error = createError(NOT_SENT);
	expect(error).toBeInstanceOf(NodeOperationError);
	expect(error).not.toBeInstanceOf(NodeApiError);
	expect(error).toMatchObject({
		message: 'Asset not found',
		description: 'Check the asset ID',
		context: { itemIndex: 3, data: { ...NOT_SENT, ...SUBJECT } },
	});
});

test.each([
	[500, 'Internal server error'],
	[429, 'Rate limit exceeded. Please try again later.'],
	[401, 'sync.so rejected the API key'],
	[0, 'The server of the Sync API was not found'],
	[502, 'sync.so is unreachable behind its gateway'],
])('n8n does not replace the message: %s %s', (statusCode, message) => {
	expect(createError({ ...NOT_FOUND, statusCode, message }).message).toBe(message);
});

test('an error without a hint has no stray dots in its description', () => {
	const { description } = createError({ ...NOT_FOUND, hint: null, requestId: null });
	expect(description ?? '').not.toMatch(/^[.\s]/);
});

describe('what was created before the error', () => {
	const created = Array.from({ length: 25 }, (_, item) => ({ item, generationId: `g${item}` }));

	test('is listed in the description, up to 20 items', () => {
		const { description } = createError({ ...NOT_FOUND, requestId: null }, created);
		expect(description).toMatch(
			/^Check the asset ID\. Already created, and kept by Retry: item 0: generationId g0; item 1/,
		);
		expect(description).toMatch(/item 19: generationId g19; and 5 more$/);
	});

	test('is listed completely in the data', () => {
		expect(createError(NOT_FOUND, created).context.data).toMatchObject({ created });
	});
});
