import type { Generation } from '../../nodes/shared/items/generationItem.ts';

/** A generation as the API returns it when it is created. */
export const PENDING: Generation = {
	id: '6b1f6c1e-3f0a-4a5e-9a39-0d5b9cf0e111',
	createdAt: '2026-01-15T09:31:00.000Z',
	status: 'PENDING',
	model: 'lipsync-2',
	input: [
		{ type: 'video', assetId: '550e8400-e29b-41d4-a716-446655440000' },
		{ type: 'audio', url: 'https://example.com/vo.wav' },
	],
	options: null,
	segments: null,
	outputUrl: null,
	segmentOutputUrl: null,
	outputDuration: null,
	outputFileName: 'take_01',
	synthesizedAudioUrl: null,
	projectId: null,
	webhookUrl: null,
	error: null,
	errorCode: null,
};

/** The same generation, in progress. */
export const PROCESSING: Generation = { ...PENDING, status: 'PROCESSING' };

/** The same generation, finished. */
export const COMPLETED: Generation = {
	...PENDING,
	status: 'COMPLETED',
	outputUrl: 'https://assets.sync.so/signed/take_01.mp4?sig=abc',
	outputDuration: 12.48,
};

/** The same generation, failed. */
export const FAILED: Generation = {
	...PENDING,
	status: 'FAILED',
	error: 'No face was found',
	errorCode: 'generation_pipeline_failed',
};

/** The same generation, rejected. */
export const REJECTED: Generation = { ...FAILED, status: 'REJECTED' };

/** Builds a finished generation with another ID. */
export const buildGeneration = (id: string, more: Partial<Generation> = {}): Generation => ({
	...COMPLETED,
	...more,
	id,
});
