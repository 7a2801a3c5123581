import { randomBytes, randomUUID } from 'node:crypto';

import type { AssetStore } from '../asset/store.mts';
import { ApiError, BadRequest } from '../core/errors.mts';
import type { Handlers } from '../core/handlerTypes.mts';
import type { Settings } from '../core/settings.mts';
import type { FileStore } from '../storage/store.mts';
import { requireVoice, voiceNotFound } from './checks.mts';
import type { Voice } from './fixtures.mts';
import { checkSample, findSample } from './voiceSample.mts';
import type { VoiceStore } from './store.mts';

/** What voice handlers need from the state of the sandbox. */
interface VoiceContext {
	settings: Settings;
	assets: AssetStore;
	files: FileStore;
	voices: VoiceStore;
}

const cloneLimitReached = () =>
	new ApiError(403, {
		message: 'Your plan has no more voice clones',
		errorCode: 'voice_clone_limit_reached',
	});

const nameConflict = () =>
	new ApiError(409, {
		message: 'A voice with this name exists already',
		errorCode: 'voice_name_conflict',
	});

/** Voices: list, get, clone and delete. */
export const voiceHandlers: Handlers<VoiceContext> = {
	listVoices: ({ caller }, { voices }) => voices.availableTo(caller.userId),

	getVoice: ({ params, caller }, context) => requireVoice(params.id, caller, context, 404),

	cloneVoice: async (request, context) => {
		const { name, provider, url, assetId } = request.body;
		const { voices, settings } = context;
		// How the real API handles both or neither is unknown; a client has no reason to send that.
		const problems = [
			...(name.trim() === '' ? ['name should not be empty'] : []),
			...((url === undefined) === (assetId === undefined) ? ['give either url or assetId'] : []),
		];
		if (problems.length > 0) throw new BadRequest(problems);
		if (voices.clones.length >= (settings.voiceCloneLimit ?? Infinity)) throw cloneLimitReached();
		if (voices.clones.some(({ voice }) => voice.name === name)) throw nameConflict();
		checkSample(await findSample(request, context), settings);
		const clone: Voice = {
			id: randomUUID(),
			internalVoiceId: randomUUID(),
			voiceId: randomBytes(10).toString('hex'),
			name,
			provider,
			previewUrl: null,
		};
		voices.addClone(clone, request.caller.userId);
		return clone;
	},

	deleteVoice: ({ params, caller }, { voices }) => {
		if (!voices.deleteClone(params.id, caller.userId)) throw voiceNotFound(404);
		return true;
	},
};
