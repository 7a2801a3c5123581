import type { components } from '../../../../nodes/shared/api.ts';
import { ASSETS } from '../../../../sandbox/asset/fixtures.mts';
import { ApiLab } from '../apiLab.mts';

type Estimate = components['schemas']['Estimate'];

const api = new ApiLab();

const VIDEO = { type: 'video', assetId: ASSETS.interview };
const AUDIO = { type: 'audio', assetId: ASSETS.voiceover };
const text = (script: string) => ({
	type: 'text',
	provider: { name: 'elevenlabs', voiceId: 'EXAVITQu4vr4xnSDxMaL', script },
});

const unavailable = { status: 422, body: { errorCode: 'cost_estimate_unavailable' } };

describe.each(['/v2/generations/estimate', '/v2/generate/estimate-cost'])('POST %s', (path) => {
	const estimate = async (json: object) => await api.request<Estimate>(path, { json });

	test.each([
		['sync-3', 1.33],
		['lipsync-2', 0.5],
		['lipsync-2-pro', 0.83],
		['lipsync-1.9.0-beta', 0.25],
		['react-1', 1.67],
	])('estimates the cost of ten seconds of %s', async (model, estimatedGenerationCost) => {
		const { status, body } = await estimate({ model, duration: 10 });
		expect({ status, body }).toEqual({
			status: 200,
			body: { estimatedFrameCount: 300, estimatedGenerationCost, estimatedCredits: null },
		});
	});

	test('counts frames at the given rate', async () => {
		const { body } = await estimate({ model: 'lipsync-2', duration: 1.5, fps: 25 });
		expect(body).toMatchObject({ estimatedFrameCount: 38, estimatedGenerationCost: 0.075 });
	});

	test('fails for an unknown model', async () => {
		expect(await estimate({ model: 'toString', duration: 1 })).toMatchObject(unavailable);
	});

	test('rejects a duration of 0 as a violation', async () => {
		expect((await estimate({ model: 'sync-3', duration: 0 })).status).toBe(400);
		expect(await api.takeViolations()).toHaveLength(1);
	});

	test('can be unavailable or missing, depending on the setting', async () => {
		const json = { model: 'lipsync-2', duration: 1 };
		await api.control.configure({ costEstimate: 422 });
		expect(await estimate(json)).toMatchObject(unavailable);
		await api.control.configure({ costEstimate: 404 });
		const body = { message: `Cannot POST ${path}` };
		expect(await estimate(json)).toMatchObject({ status: 404, body });
	});
});

describe('POST /v2/analyze/cost', () => {
	const analyze = async (...input: object[]) =>
		await api.request<Estimate[]>('/v2/analyze/cost', { json: { model: 'lipsync-2', input } });

	test.each([
		['the duration of the audio', [VIDEO, AUDIO], 42.5],
		['the duration of the audio in any order', [AUDIO, VIDEO], 42.5],
		['the time it takes to speak a script', [VIDEO, text('x'.repeat(150))], 10],
		[
			'ten seconds for audio from a URL',
			[VIDEO, { type: 'audio', url: 'https://example.com/a' }],
			10,
		],
		['the duration of the video without audio', [VIDEO], 94.32],
		['ten seconds for an image alone', [{ type: 'image', assetId: ASSETS.image }], 10],
	])('uses %s', async (_what, input, seconds) => {
		const { status, body } = await analyze(...input);
		expect(status).toBe(200);
		expect(body).toEqual([
			{
				estimatedFrameCount: Math.ceil(seconds * 30),
				estimatedGenerationCost: Number((seconds * 0.05).toFixed(4)),
			},
		]);
	});

	test('can be unavailable or missing, depending on the setting', async () => {
		await api.control.configure({ costAnalysis: 422 });
		expect(await analyze(VIDEO, AUDIO)).toMatchObject(unavailable);
		await api.control.configure({ costAnalysis: 404 });
		expect((await analyze(VIDEO, AUDIO)).status).toBe(404);
	});
});
