import fc from 'fast-check';
import type { INode } from 'n8n-workflow';

import { KNOWN_MODELS } from '../../nodes/shared/fields/models.ts';
import { FailureError } from '../../nodes/shared/transport/errors.ts';
import { buildRequest } from '../../nodes/SyncGeneration/request/generationRequest.ts';
import { prepareRequest } from '../../nodes/SyncGeneration/request/requestDraft.ts';
import { readContract } from '../../sandbox/core/contract.mts';
import { buildAssetWithId } from './assets.mts';
import { FakeRun } from './fakeRun.mts';

const contract = readContract();

/** A sensible value most of the time, and an odd one otherwise. */
const mostly = (sensible: fc.Arbitrary<unknown>, ...odd: unknown[]): fc.Arbitrary<unknown> =>
	fc.oneof(
		{ arbitrary: sensible, weight: 40 },
		{ arbitrary: fc.constantFrom<unknown>('', ' ', null, 0, -1, '5', ...odd), weight: 1 },
		{ arbitrary: fc.jsonValue({ maxDepth: 2 }), weight: 1 },
	);
const oneOf = (...values: unknown[]) => mostly(fc.constantFrom(...values), 'unknown');
const some = (fields: Record<string, fc.Arbitrary<unknown>>) =>
	fc.record(fields, { requiredKeys: [] });
const orNone = (fields: Record<string, fc.Arbitrary<unknown>>) =>
	fc.oneof(fc.constant({}), some(fields));
const list = (fields: Record<string, fc.Arbitrary<unknown>>) =>
	fc.array(fc.record(fields), { maxLength: 2 });

const ratio = mostly(fc.double({ min: 0, max: 1, noNaN: true }), 1.5);
const seconds = mostly(fc.integer({ min: 0, max: 4 }), 2.5);
const url = mostly(
	fc.webUrl({ validSchemes: ['https', 'http'] }),
	'ftp://a.b/c',
	'a.mp4',
	'https://a/é x',
);
const id = mostly(fc.uuid(), 'batch', 'a/b', '..');
const text = mostly(
	fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }),
	'a'.repeat(5001),
);
const reference = oneOf('audio', 'b');

const FIELDS = fc.record(
	{
		visualSource: oneOf('url', 'asset'),
		visualUrl: url,
		visualAssetId: id,
		audioSource: oneOf('url', 'asset', 'text', 'none'),
		audioUrl: url,
		audioAssetId: id,
		voiceId: text,
		script: text,
		voiceSettings: some({ stability: ratio, similarityBoost: ratio }),
		targetLanguage: oneOf('de', 'es'),
		sourceLanguage: oneOf('auto', 'de', 'en'),
		// The contract knows only these. Newer ones are sent unchecked.
		model: fc.constantFrom('auto', ...KNOWN_MODELS),
		wait: oneOf('no', 'inNode'),
		modelOptions: orNone({
			activeSpeaker: some({
				speaker: some({
					way: oneOf('auto', 'boxes', 'point'),
					boxesUrl: url,
					frameNumber: mostly(fc.nat(9), 1.5),
					x: seconds,
					y: seconds,
					v3: oneOf(true, false),
				}),
			}),
			modelMode: oneOf('face', 'head'),
			occlusionDetection: oneOf(true, false),
			prompt: oneOf('sad', 'happy'),
			syncMode: oneOf('loop', 'remap'),
			temperature: ratio,
		}),
		additionalFields: orNone({
			visualKind: oneOf('auto', 'video', 'image'),
			moreAudios: some({ audio: list({ refId: reference, source: fc.oneof(url, id) }) }),
			moreScripts: some({ script: list({ refId: reference, script: text, voiceId: text }) }),
			outputFileName: text,
			projectId: id,
			segments: some({
				segment: list({
					startTime: seconds,
					endTime: seconds,
					refId: reference,
					cropStart: seconds,
					cropEnd: seconds,
					modelOptions: orNone({ syncMode: oneOf('loop', 'remap'), temperature: ratio }),
				}),
			}),
			webhookUrl: url,
		}),
	},
	{
		requiredKeys: [
			'visualSource',
			'visualUrl',
			'visualAssetId',
			'audioSource',
			'audioUrl',
			'audioAssetId',
			'voiceId',
			'script',
			'targetLanguage',
			'model',
		],
	},
);

/** Builds the request body from the fields, or returns the reason why they are rejected. */
async function prepareBody(parameters: INode['parameters']) {
	const run = new FakeRun(parameters, ({ url: path }) => {
		const asset = decodeURIComponent(String(path).split('/').pop() as string);
		return { status: 200, body: buildAssetWithId(asset) };
	});
	const item = run.createItemContext(
		{ method: 'POST', url: '/v2/generate' },
		{ evaluateExpression: () => 'https://n8n.example.com/webhook-waiting/1' },
	);
	try {
		const draft = await prepareRequest(item, false);
		const { body } = buildRequest(draft);
		return { body: JSON.parse(JSON.stringify(body)) as unknown };
	} catch (error) {
		if (!(error instanceof FailureError)) throw error;
		return { rejection: error.failure };
	} finally {
		expect(run.server.requests.every(({ method }) => method === 'GET')).toBe(true);
	}
}

test('any field values are either rejected with a reason or become a request that fits the contract', async () => {
	const outcomes = { rejected: 0, built: 0 };
	await fc.assert(
		fc.asyncProperty(FIELDS, async (fields) => {
			const { body, rejection } = await prepareBody(fields as INode['parameters']);
			outcomes[rejection ? 'rejected' : 'built']++;
			if (rejection) {
				expect(rejection).toMatchObject({
					message: expect.stringMatching(/\w{2}/) as string,
					hint: expect.stringMatching(/\w{2}/) as string,
					statusCode: 0,
				});
			} else expect(contract.validate('createGeneration', 'body', body)).toEqual([]);
		}),
		{ numRuns: 3000 },
	);
	// With few of either, this test would prove little.
	expect(Math.min(outcomes.rejected, outcomes.built)).toBeGreaterThan(100);
});
