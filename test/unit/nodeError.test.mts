import { type IDataObject, NodeApiError, NodeOperationError } from 'n8n-workflow';

import { createNodeError, errorItem, type Failure } from '../../nodes/shared/transport/errors.ts';
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

const createError = (failure: Failure, created?: IDataObject[], itemCount?: number) =>
	createNodeError(
		{ getItemIndex: () => 3, getNode: () => NODE },
		failure,
		SUBJECT,
		created,
		itemCount,
	);

test('a node that stops throws a NodeApiError for an error response', () => {
	const error = createError(NOT_FOUND);
	expect(error).toBeInstanceOf(NodeApiError);
	expect(error).toMatchObject({
		message: 'Asset not found: a1',
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
		message: 'Asset not found: a1',
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
	const located = `${message.replace(/\.$/, '')} (asset a1)`;
	expect(createError({ ...NOT_FOUND, statusCode, message }).message).toBe(located);
});

describe('the message', () => {
	const getMessage = (errorFields: IDataObject, message = 'Asset not found', itemCount = 1) =>
		createNodeError(
			{ getItemIndex: () => 3, getNode: () => NODE },
			{ ...NOT_FOUND, message },
			errorFields,
			[],
			itemCount,
		).message;

	test('says which item failed if there are several', () => {
		expect(createError(NOT_FOUND, [], 4).message).toBe('Asset not found: a1 (item 3)');
		expect(getMessage(SUBJECT, 'Not today', 4)).toBe('Not today (asset a1, item 3)');
		expect(getMessage({}, 'Not today', 4)).toBe('Not today (item 3)');
	});

	test.each<[IDataObject, string, string]>([
		[{ generationId: 'g1' }, 'Generation not found', 'Generation not found: g1'],
		[{ assetId: 'a1', projectId: 'p1' }, 'Project not found', 'Project not found: p1'],
		[{ generationId: 'g1', assetId: 'a1' }, 'Not today', 'Not today (asset a1)'],
		[{ voiceId: 'v1' }, 'The voice v1 is blocked', 'The voice v1 is blocked'],
		[{ url: 'https://www.example.com' }, 'Not today', 'Not today'],
		[{ batchId: ' ' }, 'The batch ID is empty', 'The batch ID is empty'],
		[{ batchId: 'null' }, 'The batch ID is empty', 'The batch ID is empty'],
		[{ assetId: 'x\n\u0000y' }, 'Not today', 'Not today (asset x y)'],
		[{ assetId: 'x'.repeat(500) }, 'Not today', `Not today (asset ${'x'.repeat(40)}…)`],
		[
			{ assetId: 'x'.repeat(500) },
			`“${'x'.repeat(40)}…” is no ID`,
			`“${'x'.repeat(40)}…” is no ID`,
		],
	])('has the ID of %j, unless it says it already', (errorFields, message, expected) => {
		expect(getMessage(errorFields, message)).toBe(expected);
	});

	test('is not replaced by n8n if an ID contains an error code', () => {
		expect(getMessage({ assetId: 'ENOENT' })).toBe('Asset not found: ENOENT');
	});
});

describe('for an AI agent, the message alone says what to do', () => {
	const tool = { ...NODE, type: `${NODE.type}Tool` };
	const createToolError = (failure: Failure) =>
		createNodeError({ getItemIndex: () => 0, getNode: () => tool }, failure, SUBJECT, [], 4);

	test('and the description does not repeat it', () => {
		const error = createToolError(NOT_FOUND);
		expect(error.message).toBe('Asset not found: a1. Check the asset ID');
		expect(error.description).toBe('Request ID: req_1');
		expect(error.context.data).toMatchObject({ ...NOT_FOUND, ...SUBJECT });
	});

	test.each([
		['Try again.', 'Check the asset ID', 'Try again (asset a1). Check the asset ID'],
		['Not today', null, 'Not today (asset a1)'],
	])('%s, hint: %s', (message, hint, expected) => {
		expect(createToolError({ ...NOT_FOUND, message, hint }).message).toBe(expected);
	});

	test('in an error item too', () => {
		const { json } = errorItem(NOT_FOUND, SUBJECT, tool);
		const message = 'Asset not found: a1. Check the asset ID';
		expect(json).toEqual({ error: { ...NOT_FOUND, message, ...SUBJECT } });
		expect(errorItem(NOT_FOUND, SUBJECT, NODE).json).toEqual({
			error: { ...NOT_FOUND, ...SUBJECT },
		});
	});
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
