import { useFakeApi } from './fakeApi.mts';
import { runOperation } from './runOperation.mts';
import type { NodeSettings } from './syncNode.mts';

const server = useFakeApi();
const PRIVATE_URL = 'http://192.168.0.10:8080/a.mp4';
const PUBLIC_URL = 'https://www.example.com/a.mp4';
const CREATE = {
	resource: 'generation',
	operation: 'create',
	model: 'lipsync-2',
	visualSource: 'url',
	visualUrl: PUBLIC_URL,
	audioSource: 'url',
	audioUrl: PUBLIC_URL,
};

test.each<[string, NodeSettings]>([
	['URL', { resource: 'asset', operation: 'create', url: PRIVATE_URL }],
	['Video or Image URL', { ...CREATE, visualUrl: PRIVATE_URL }],
	['Audio URL', { ...CREATE, audioUrl: PRIVATE_URL }],
	[
		'URL or Asset ID',
		{
			...CREATE,
			additionalFields: { moreAudios: { audio: [{ refId: 'b', source: PRIVATE_URL }] } },
		},
	],
	[
		'URL of Bounding Boxes',
		{
			...CREATE,
			modelOptions: { activeSpeaker: { speaker: { way: 'boxes', boxesUrl: PRIVATE_URL } } },
		},
	],
	[
		'URL',
		{ resource: 'voice', operation: 'clone', name: 'Anna', sampleFrom: 'url', url: PRIVATE_URL },
	],
])("a private address in '%s' is rejected before anything is sent", async (label, settings) => {
	// A request to this host would fail with another message.
	const credential = { ...server.api.credential, baseUrl: 'https://sync.invalid' };
	const { errors } = await runOperation({ credential }, settings);
	expect(errors).toMatchObject([
		{
			message: `sync.so can't reach the private address 192.168.0.10:8080 in '${label}'`,
			statusCode: 0,
		},
	]);
});
