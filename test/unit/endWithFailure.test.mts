import type { INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { Failure } from '../../nodes/shared/transport/errors.ts';
import { endWithFailure } from '../../nodes/shared/transport/errors.ts';

const NODE = { name: 'Sync Asset', type: 'n8n-nodes-sync-so.syncAsset' } as INode;
const SUBJECT = { assetId: 'a1' };
const NOT_FOUND: Failure = {
	message: 'Asset not found',
	statusCode: 404,
	errorCode: 'asset_not_found',
	hint: 'Check the asset ID',
	requestId: 'req_1',
};
const REFUSED: Failure = { ...NOT_FOUND, statusCode: 0, errorCode: null, requestId: null };

const end = (failure: Failure, continues: boolean) =>
	endWithFailure(
		{
			getItemIndex: () => 3,
			getNode: () => NODE,
			continueOnFail: () => continues,
		},
		failure,
		SUBJECT,
	);

function thrownBy(failure: Failure): NodeApiError | NodeOperationError {
	try {
		end(failure, false);
	} catch (error) {
		return error as NodeApiError;
	}
	throw new Error('Nothing was thrown');
}

test('a node that continues gets an item with the one key error, paired, and no item.error', () => {
	expect(end(NOT_FOUND, true)).toStrictEqual({
		json: { error: { ...NOT_FOUND, ...SUBJECT } },
		pairedItem: { item: 3 },
	});
});

test("a node that stops throws n8n's error for an answer of the API", () => {
	const error = thrownBy(NOT_FOUND);
	expect(error).toBeInstanceOf(NodeApiError);
	expect(error).toMatchObject({
		message: 'Asset not found',
		description: 'Check the asset ID. Request ID: req_1',
		httpCode: '404',
		context: { itemIndex: 3, data: { ...NOT_FOUND, ...SUBJECT } },
	});
});

test('a node that stops throws an operation error when no answer came', () => {
	const error = thrownBy(REFUSED);
	expect(error).toBeInstanceOf(NodeOperationError);
	expect(error).not.toBeInstanceOf(NodeApiError);
	expect(error).toMatchObject({
		message: 'Asset not found',
		description: 'Check the asset ID',
		context: { itemIndex: 3, data: { ...REFUSED, ...SUBJECT } },
	});
});

test.each([
	[500, 'Internal server error'],
	[429, 'Rate limit exceeded. Please try again later.'],
	[401, 'sync.so refused the API key'],
	[0, 'The server of the Sync API was not found'],
	[502, 'sync.so is not reachable behind its gateway'],
])('n8n puts no text of its own in place of ours: %s %s', (statusCode, message) => {
	expect(thrownBy({ ...NOT_FOUND, statusCode, message }).message).toBe(message);
});

test('an error without a hint has no description of dots', () => {
	const { description } = thrownBy({ ...NOT_FOUND, hint: null, requestId: null });
	expect(description ?? '').not.toMatch(/^[.\s]/);
});
