import { byId } from '../../n8n/syncNodes.mts';
import { SPEAKER } from '../unit/assets.mts';
import { RESPONSES } from '../unit/responses.mts';
import { type FakeResponse, type SentRequest, useFakeApi } from './fakeApi.mts';
import { runOperation } from './runOperation.mts';

const server = useFakeApi();
const assetId = byId(SPEAKER.id);
const projectId = byId(SPEAKER.id);
const voiceId = byId(SPEAKER.id);
const updateFields = { name: 'New' };

const GATEWAY_ERRORS: Array<[string, FakeResponse]> = [
	['502', RESPONSES.badGateway],
	['503', RESPONSES.unavailable],
];

/** Operations that change something, and whether they are idempotent. */
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

/** The requests that change something. Before it clones a voice, the node lists the existing ones. */
const listChanges = () => server.api.sent.filter((sent) => !isVoiceList(sent));

describe.each(WRITES)('%s: %s', (resource, operation, parameters, isIdempotent) => {
	/** Runs the operation with a fault for the first request. */
	async function runAfter(fault: FakeResponse) {
		const { api } = server;
		api.respond = (sent) => {
			if (isVoiceList(sent)) return { status: 200, body: [] };
			return listChanges().length === 1 ? fault : { status: 200, body: SPEAKER };
		};
		const options = { maxRetries: 1 };
		return await runOperation(api, { resource, operation, ...parameters, options });
	}

	test.each(GATEWAY_ERRORS)(
		`is ${isIdempotent ? '' : 'not '}retried after %s`,
		async (_name, fault) => {
			const { out, failed } = await runAfter(fault);
			expect(listChanges()).toHaveLength(isIdempotent ? 2 : 1);
			expect([out.length, failed.length]).toEqual(isIdempotent ? [1, 0] : [0, 1]);
		},
	);

	test('is retried after a rate limit, because nothing was changed', async () => {
		const { out } = await runAfter(RESPONSES.rateLimited);
		const [first, second] = listChanges();
		expect([second.method, second.url, second.body]).toEqual([first.method, first.url, first.body]);
		expect(out).toHaveLength(1);
	});

	if (!isIdempotent) {
		test('is not retried after a broken connection', async () => {
			const { errors } = await runAfter('reset');
			expect(listChanges()).toHaveLength(1);
			expect(errors).toHaveLength(1);
			expect(errors[0].message).toContain(`The connection to ${server.api.host} broke`);
		});
	}
});
