import { randomBytes, randomUUID } from 'node:crypto';

import { ApiError, BadRequestError } from '../core/errors.mts';
import type { Handlers } from '../core/handlerTypes.mts';
import { requireVoice, voiceNotFound } from './checks.mts';
import type { VoiceState } from './state.mts';
import type { Voice } from './types.mts';
import { checkVoiceSample, findVoiceSample } from './voiceSample.mts';

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
export const voiceHandlers: Handlers<VoiceState> = {
	listVoices: ({ caller }, { voices }) => voices.listAvailable(caller.userId),

	getVoice: ({ params, caller }, state) => requireVoice(params.id, caller, state, 404),

	cloneVoice: async (request, state) => {
		const { name, provider, url, assetId } = request.body;
		const { voices, settings } = state;
		// It is unknown how the real API handles both or neither. Clients have no reason to send that.
		const problems = [
			...(name.trim() === '' ? ['name should not be empty'] : []),
			...((url === undefined) === (assetId === undefined) ? ['give either url or assetId'] : []),
		];
		if (problems.length > 0) throw new BadRequestError(problems);
		if (voices.clones.length >= (settings.voiceCloneLimit ?? Infinity)) throw cloneLimitReached();
		if (voices.clones.some((clone) => clone.name === name)) throw nameConflict();
		checkVoiceSample(await findVoiceSample(request, state), settings);
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
