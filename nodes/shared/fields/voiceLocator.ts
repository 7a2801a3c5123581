import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { Voice } from '../items/voiceItem';
import { isUuid } from '../transport/ids';
import { createLocator, filterByName, joinLabel, searchList, toLink } from './locator';

/** The field for the voice that speaks. */
export const voiceLocator = createLocator({
	displayName: 'Voice',
	name: 'voiceId',
	required: true,
	description:
		"The voice to speak with: a sync.so voice or one of your clones. 'By ID' takes a voice ID, e.g. EXAVITQu4vr4xnSDxMaL.",
	searchListMethod: 'searchVoices',
	placeholder: 'Select a voice…',
	example: 'EXAVITQu4vr4xnSDxMaL',
});

/** The field for a cloned voice, by sync.so's own ID for it. */
export const clonedVoiceLocator = createLocator({
	displayName: 'Voice',
	name: 'voiceId',
	required: true,
	description:
		"The cloned voice. 'By ID' takes the 'id' from Clone or Get Many, e.g. 550e8400-e29b-41d4-a716-446655440000.",
	searchListMethod: 'searchClonedVoices',
	placeholder: 'Select a cloned voice…',
});

/**
 * The ID to name in requests. A voice has up to three IDs, and none is guaranteed. `voiceId` comes first: it is the
 * provider's ID, and requests use the same field name.
 */
const getVoiceId = ({ voiceId, id, internalVoiceId }: Voice): string | undefined =>
	voiceId || id || internalVoiceId || undefined;

/** The ID of a cloned voice, which is a UUID; undefined for other voices. */
export const getCloneId = ({ id, internalVoiceId }: Voice): string | undefined =>
	[id, internalVoiceId].find(
		(candidate): candidate is string => typeof candidate === 'string' && isUuid(candidate),
	);

const PROVIDER_NAMES: Record<string, string> = { elevenlabs: 'ElevenLabs' };

/** The label in the list: `Anna (ElevenLabs)`. Without a name, only the ID tells voices apart: they have no date. */
function toLabel(voice: Voice, id: string): string {
	const kind = getCloneId(voice) === undefined ? 'Unnamed voice' : 'Unnamed cloned voice';
	const name = voice.name || joinLabel(kind, id);
	const { provider } = voice as Partial<Voice>;
	return provider ? `${name} (${PROVIDER_NAMES[provider] ?? provider})` : name;
}

async function listVoices(
	context: ILoadOptionsFunctions,
	idOf: (voice: Voice) => string | undefined,
	filter?: string,
): Promise<INodeListSearchResult> {
	const list = await searchList(context, '/v2/voices', {}, (voice: Voice) => {
		const id = idOf(voice);
		if (id === undefined) return undefined;
		return { name: toLabel(voice, id), value: id, url: toLink(voice.previewUrl) };
	});
	return filterByName(list, filter);
}

/**
 * Fills the list of the voice field. The API returns all voices at once.
 *
 * @throws NodeApiError if they can't be listed; n8n shows it in the list
 */
export async function searchVoices(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await listVoices(this, getVoiceId, filter);
}

/** Fills the list of the cloned voice field, like {@link searchVoices}. */
export async function searchClonedVoices(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await listVoices(this, getCloneId, filter);
}
