import type { NodeApiError } from 'n8n-workflow';

import { buildAssetWithId, uuid, uuids } from '../unit/assets.mts';
import { runWorkflow } from './engine.mts';
import { serveAssets, useFakeApi } from './fakeApi.mts';
import { FAILURE_CASES, type FailureCase } from './failureCases.mts';
import {
	buildGetWorkflow,
	FAILED_NODE,
	FOUND_NODE,
	inputsForIds,
	type OnError,
	SYNC_NODE,
} from './workflows.mts';

const server = useFakeApi();
const [FIRST, BAD, LAST] = [uuid(1), uuid(2), uuid(3)];
const ITEM = { assetId: BAD, label: 'item 1' };

/** Runs three items. The second one fails. */
async function failInTheMiddle(response: FailureCase['response'], onError: OnError) {
	server.api.respond = serveAssets({
		[FIRST]: buildAssetWithId(FIRST),
		[BAD]: response,
		[LAST]: buildAssetWithId(LAST),
	});
	// A short timeout could fail the other items too when the machine is busy.
	const isLate = response === 'never' || response === 'stalled';
	const json = buildGetWorkflow(isLate ? { options: { timeout: 1 } } : {}, onError);
	return await runWorkflow(json, inputsForIds(FIRST, BAD, LAST), server.api.credential);
}

describe.each(Object.entries(FAILURE_CASES))('%s', (_name, { response, buildError }) => {
	const error = () => buildError(server.api.host);

	test('is an item of the error output, and the other items succeed', async () => {
		const { getItems } = await failInTheMiddle(response, 'continueErrorOutput');
		expect(getItems(SYNC_NODE)).toEqual([
			{ json: buildAssetWithId(FIRST), pairedItem: { item: 0 } },
			{ json: buildAssetWithId(LAST), pairedItem: { item: 2 } },
		]);
		expect(getItems(SYNC_NODE, 1)).toEqual([
			{ json: { ...ITEM, error: { ...error(), assetId: BAD } }, pairedItem: { item: 1 } },
		]);
		expect(getItems(FOUND_NODE).map(({ json }) => json.value)).toEqual(['item 0', 'item 2']);
		expect(getItems(FAILED_NODE).map(({ json }) => json.value)).toEqual(['item 1']);
	});

	test('is an item in its place if errors share the output', async () => {
		const { getItems } = await failInTheMiddle(response, 'continueRegularOutput');
		expect(getItems(SYNC_NODE)).toEqual([
			{ json: buildAssetWithId(FIRST), pairedItem: { item: 0 } },
			{ json: { error: { ...error(), assetId: BAD } }, pairedItem: { item: 1 } },
			{ json: buildAssetWithId(LAST), pairedItem: { item: 2 } },
		]);
		expect(getItems(FOUND_NODE).map(({ json }) => json.value)).toEqual([
			'item 0',
			'item 1',
			'item 2',
		]);
	});

	test('stops the workflow with the same error', async () => {
		const { run, getItems } = await failInTheMiddle(response, 'stopWorkflow');
		const thrown = run.data.resultData.error as NodeApiError;
		const { message, hint, statusCode, requestId } = error();
		expect(thrown.name).toBe('NodeApiError');
		expect(thrown.message).toBe(
			message === 'Asset not found'
				? `Asset not found: ${BAD} (item 1)`
				: `${message.replace(/\.$/, '')} (asset ${BAD}, item 1)`,
		);
		const id = requestId ? `. Request ID: ${requestId}` : '';
		expect(thrown.description).toBe(`${hint}${id}`);
		// n8n sets `none` if there was no response.
		expect(thrown.httpCode).toBe(statusCode ? String(statusCode) : 'none');
		expect(thrown.context).toMatchObject({ itemIndex: 1, data: { ...error(), assetId: BAD } });
		expect(getItems(FOUND_NODE)).toEqual([]);
	});
});

test('a refused connection fails every item with a message that says so', async () => {
	const { credential, host } = server.api;
	const json = buildGetWorkflow();
	await server.api.stop();
	const { getItems } = await runWorkflow(json, inputsForIds(FIRST, LAST), credential);
	await server.api.start();
	const error = {
		message: `${host} refused the connection`,
		statusCode: 0,
		errorCode: null,
		hint: "Check the 'Base URL' in the Sync API credential, and n8n's internet connection",
		requestId: null,
	};
	expect(getItems(SYNC_NODE, 1).map(({ json }) => json.error)).toEqual([
		{ ...error, assetId: FIRST },
		{ ...error, assetId: LAST },
	]);
});

test('as many items come out as went in, whatever their errors', async () => {
	const faults = Object.values(FAILURE_CASES).filter(
		({ response }) => response !== 'never' && response !== 'stalled',
	);
	const ids = uuids(faults.length);
	server.api.respond = serveAssets(
		Object.fromEntries(faults.map(({ response }, index) => [ids[index], response])),
	);
	const json = buildGetWorkflow({ options: { combineLookups: false } });
	const { getItems } = await runWorkflow(json, inputsForIds(...ids), server.api.credential);
	expect(
		getItems(SYNC_NODE, 1).map(({ json }) => (json.error as { assetId: string }).assetId),
	).toEqual(ids);
});
