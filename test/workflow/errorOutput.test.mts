import type { NodeApiError } from 'n8n-workflow';

import { buildAsset, uuid, uuids } from '../unit/assets.mts';
import { runWorkflow } from './engine.mts';
import { serveAssets, useFakeApi } from './fakeApi.mts';
import { type Fault, FAULTS } from './faults.mts';
import { FAILED, FOUND, getWorkflow, itemsForIds, type OnError, SYNC } from './workflows.mts';

const server = useFakeApi();
const [FIRST, BAD, LAST] = [uuid(1), uuid(2), uuid(3)];
const ITEM = { assetId: BAD, label: 'item 1' };

/** Runs three items. The second one fails. */
async function failInTheMiddle(response: Fault['response'], onError: OnError) {
	server.api.respond = serveAssets({
		[FIRST]: buildAsset(FIRST),
		[BAD]: response,
		[LAST]: buildAsset(LAST),
	});
	// A short timeout could fail the other items too when the machine is busy.
	const isLate = response === 'never' || response === 'stalled';
	const json = getWorkflow(isLate ? { options: { timeout: 1 } } : {}, onError);
	return await runWorkflow(json, itemsForIds(FIRST, BAD, LAST), server.api.credential);
}

describe.each(Object.entries(FAULTS))('%s', (_name, { response, errorFrom }) => {
	const error = () => errorFrom(server.api.host);

	test('is an item of the error output, and the other items succeed', async () => {
		const { items } = await failInTheMiddle(response, 'continueErrorOutput');
		expect(items(SYNC)).toEqual([
			{ json: buildAsset(FIRST), pairedItem: { item: 0 } },
			{ json: buildAsset(LAST), pairedItem: { item: 2 } },
		]);
		expect(items(SYNC, 1)).toEqual([
			{ json: { ...ITEM, error: { ...error(), assetId: BAD } }, pairedItem: { item: 1 } },
		]);
		expect(items(FOUND).map(({ json }) => json.value)).toEqual(['item 0', 'item 2']);
		expect(items(FAILED).map(({ json }) => json.value)).toEqual(['item 1']);
	});

	test('is an item in its place if errors share the output', async () => {
		const { items } = await failInTheMiddle(response, 'continueRegularOutput');
		expect(items(SYNC)).toEqual([
			{ json: buildAsset(FIRST), pairedItem: { item: 0 } },
			{ json: { error: { ...error(), assetId: BAD } }, pairedItem: { item: 1 } },
			{ json: buildAsset(LAST), pairedItem: { item: 2 } },
		]);
		expect(items(FOUND).map(({ json }) => json.value)).toEqual(['item 0', 'item 1', 'item 2']);
	});

	test('stops the workflow with the same error', async () => {
		const { run, items } = await failInTheMiddle(response, 'stopWorkflow');
		const thrown = run.data.resultData.error as NodeApiError;
		const { message, hint, statusCode, requestId } = error();
		expect(thrown.name).toBe('NodeApiError');
		expect(thrown.message).toBe(message);
		const id = requestId ? `. Request ID: ${requestId}` : '';
		expect(thrown.description).toBe(`${hint}${id}`);
		// n8n sets `none` if there was no response.
		expect(thrown.httpCode).toBe(statusCode ? String(statusCode) : 'none');
		expect(thrown.context).toMatchObject({ itemIndex: 1, data: { ...error(), assetId: BAD } });
		expect(items(FOUND)).toEqual([]);
	});
});

test('a refused connection fails every item with a message that says so', async () => {
	const { credential, host } = server.api;
	const json = getWorkflow();
	await server.api.stop();
	const { items } = await runWorkflow(json, itemsForIds(FIRST, LAST), credential);
	await server.api.start();
	const error = {
		message: `${host} refused the connection`,
		statusCode: 0,
		errorCode: null,
		hint: "Check the Base URL in the Sync API credential, and n8n's internet connection",
		requestId: null,
	};
	expect(items(SYNC, 1).map(({ json }) => json.error)).toEqual([
		{ ...error, assetId: FIRST },
		{ ...error, assetId: LAST },
	]);
});

test('as many items come out as went in, whatever their errors', async () => {
	const faults = Object.values(FAULTS).filter(
		({ response }) => response !== 'never' && response !== 'stalled',
	);
	const ids = uuids(faults.length);
	server.api.respond = serveAssets(
		Object.fromEntries(faults.map(({ response }, index) => [ids[index], response])),
	);
	const json = getWorkflow({ options: { combineLookups: false } });
	const { items } = await runWorkflow(json, itemsForIds(...ids), server.api.credential);
	expect(items(SYNC, 1).map(({ json }) => (json.error as { assetId: string }).assetId)).toEqual(
		ids,
	);
});
