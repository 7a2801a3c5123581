import fc from 'fast-check';
import type { IExecutePaginationFunctions, IHttpRequestOptions, INode } from 'n8n-workflow';
import { FailureError } from '../../nodes/shared/transport/errors.ts';
import { KNOWN_MODELS } from '../../nodes/shared/fields/models.ts';
import { Run } from '../../nodes/shared/transport/run.ts';
import { ItemContext } from '../../nodes/shared/transport/itemContext.ts';
import { buildRequest } from '../../nodes/SyncGeneration/request/generationRequest.ts';
import { prepareRequest } from '../../nodes/SyncGeneration/request/requestDraft.ts';
import { readContract } from '../../sandbox/core/contract.mts';
import { assetWith } from './answers.mts';
import { FakeRun } from './runContext.mts';

const contract = readContract();

/** A value that makes sense nearly always, and anything otherwise. */
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
		visualKind: oneOf('auto', 'video', 'image'),
		audioSource: oneOf('url', 'asset', 'text', 'none'),
		audioUrl: url,
		audioAssetId: id,
		voiceId: text,
		script: text,
		voiceSettings: some({ stability: ratio, similarityBoost: ratio }),
		targetLanguage: oneOf('de', 'es'),
		// The contract knows these alone; a newer one is sent as it is.
		model: fc.constantFrom(...KNOWN_MODELS),
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
			moreAudios: some({ audio: list({ refId: reference, source: fc.oneof(url, id) }) }),
			outputFileName: text,
			projectId: id,
			segments: some({
				segment: list({
					startTime: seconds,
					endTime: seconds,
					refId: reference,
					cropStart: seconds,
					cropEnd: seconds,
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

/** What the fields ask for; undefined when they are refused. */
async function bodyOf(parameters: INode['parameters']) {
	const run = new FakeRun(parameters, ({ url: path }) => {
		const asset = decodeURIComponent(String(path).split('/').pop() as string);
		return { status: 200, body: assetWith(asset) };
	});
	const context = {
		...run.item(),
		evaluateExpression: () => 'https://n8n.example.com/webhook-waiting/1',
	} as unknown as IExecutePaginationFunctions;
	const request = { url: '/v2/generate', method: 'POST' } as IHttpRequestOptions;
	try {
		const draft = await prepareRequest(new ItemContext(context, request, new Run(context)), false);
		const { body } = buildRequest(draft);
		return { body: JSON.parse(JSON.stringify(body)) as unknown };
	} catch (error) {
		if (!(error instanceof FailureError)) throw error;
		return { refusal: error.failure };
	} finally {
		expect(run.server.requests.every(({ method }) => method === 'GET')).toBe(true);
	}
}

test('whatever is in the fields, it is refused with words, or fits the contract', async () => {
	const outcomes = { refused: 0, made: 0 };
	await fc.assert(
		fc.asyncProperty(FIELDS, async (fields) => {
			const { body, refusal } = await bodyOf(fields as INode['parameters']);
			outcomes[refusal ? 'refused' : 'made']++;
			if (refusal) {
				expect(refusal).toMatchObject({
					message: expect.stringMatching(/\w{2}/) as string,
					hint: expect.stringMatching(/\w{2}/) as string,
					statusCode: 0,
				});
			} else expect(contract.validate('createGeneration', 'body', body)).toEqual([]);
		}),
		{ numRuns: 3000 },
	);
	// Otherwise it says little.
	expect(Math.min(outcomes.refused, outcomes.made)).toBeGreaterThan(100);
});
