import type { FakeResponse, SentRequest } from './fakeApi.mts';
import { useFakeApi } from './fakeApi.mts';
import { SPEAKER } from '../unit/assets.mts';
import { RESPONSES } from '../unit/responses.mts';
import { runOperation } from './runOperation.mts';
import { byId } from './syncNode.mts';

const server = useFakeApi();
const assetId = byId(SPEAKER.id);
const projectId = byId(SPEAKER.id);
const voiceId = byId(SPEAKER.id);
const updateFields = { name: 'New' };

const LOST: Array<[string, FakeResponse]> = [
	['502', RESPONSES.badGateway],
	['503', RESPONSES.unavailable],
];

/** Operations that change something, and whether doing it twice ends the same as doing it once. */
const WRITES = [
	['asset', 'create', { url: 'https://www.example.com/a.mp4' }, false],
	['asset', 'update', { assetId, updateFields }, true],
	['asset', 'delete', { assetId }, false],
	['project', 'create', { name: 'New' }, false],
	['project', 'update', { projectId, updateFields }, true],
	['project', 'delete', { projectId }, false],
	['project', 'addAsset', { projectId, projectAssetId: assetId }, true],
	['project', 'removeAsset', { projectId, projectAssetId: assetId }, true],
	['speech', 'create', { voiceId, script: 'Hello.' }, false],
	['voice', 'clone', { name: 'New', assetId }, false],
	['voice', 'delete', { voiceId }, false],
] as const;

const isVoiceList = ({ method, url }: SentRequest) => method === 'GET' && url === '/v2/voices';

/** The requests that change something: before it clones a voice, the node lists those that exist. */
const changes = () => server.api.sent.filter((sent) => !isVoiceList(sent));

describe.each(WRITES)('%s: %s', (resource, operation, parameters, twice) => {
	/** Answers the first request with a fault and those after it with success. */
	async function runAfter(fault: FakeResponse) {
		const { api } = server;
		api.respond = (sent) => {
			if (isVoiceList(sent)) return { status: 200, body: [] };
			return changes().length === 1 ? fault : { status: 200, body: SPEAKER };
		};
		const options = { maxRetries: 1 };
		return await runOperation(api, { resource, operation, ...parameters, options });
	}

	test.each(LOST)(`after %s it is ${twice ? '' : 'not '}sent again`, async (_name, fault) => {
		const { out, failed } = await runAfter(fault);
		expect(changes()).toHaveLength(twice ? 2 : 1);
		expect([out.length, failed.length]).toEqual(twice ? [1, 0] : [0, 1]);
	});

	test('after a rate limit it is sent again: nothing was done', async () => {
		const { out } = await runAfter(RESPONSES.rateLimited);
		const [first, second] = changes();
		expect([second.method, second.url, second.body]).toEqual([first.method, first.url, first.body]);
		expect(out).toHaveLength(1);
	});

	if (!twice) {
		test('after a broken connection it is not sent again', async () => {
			const { errors } = await runAfter('reset');
			expect(changes()).toHaveLength(1);
			expect(errors).toHaveLength(1);
			expect(errors[0].message).toContain(`The connection to ${server.api.host} broke`);
		});
	}
});
