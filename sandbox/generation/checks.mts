import type { components } from '../../nodes/shared/api.ts';
import { findAsset } from '../asset/handlers.mts';
import { ApiError, BadRequest } from '../core/errors.mts';
import { FILE_FIELDS } from './files.mts';
import type { GenerationRequest } from './store.mts';
import type { Caller } from '../core/handlers.mts';
import type { FormFile } from '../core/forms.mts';
import { projectNotFound } from '../project/handlers.mts';
import type { State } from '../state.mts';
import { tooLargeForPlan } from '../asset/uploads.mts';
import { isWebhookUrl } from '../core/webhooks.mts';

type Input = components['schemas']['Input'];
type Kind = Input['type'];
type Segment = components['schemas']['Segment'];

/** Of most codes only the name is known, not the status: 400 for what does not fit together, 422 for what is there. */
const refused = (status: 400 | 422, errorCode: string, message: string) =>
	new ApiError(status, { message, errorCode });

const unfit = (message: string) => refused(400, 'generation_input_validation_failed', message);

const segmentsInvalid = (message: string) =>
	refused(422, 'generation_input_segments_invalid', message);

/**
 * Checks what the schema of a request to create a generation can't tell.
 *
 * @param files those that came with it, which become inputs
 * @throws ApiError with the code of the real API
 */
export function checkGeneration(
	request: GenerationRequest,
	files: FormFile[],
	caller: Caller,
	state: State,
): void {
	const { webhookUrl, projectId, segments, input } = request;
	const strange = files.filter(({ field }) => !Object.hasOwn(FILE_FIELDS, field));
	if (strange.length > 0) {
		throw new BadRequest(strange.map(({ field }) => `property ${field} should not exist`));
	}
	if (webhookUrl !== undefined && !isWebhookUrl(webhookUrl)) {
		throw new BadRequest(['webhookUrl must be an HTTPS URL']);
	}
	checkKinds(request, [
		...files.map(({ field }) => field as Kind),
		...input.map(({ type }) => type),
	]);
	if (segments) checkSegments(segments, input);
	if (projectId !== undefined && !state.projects.own(projectId, caller.userId)) {
		throw projectNotFound(422);
	}
	for (const one of input) checkAsset(one, caller, state);
	const largest = Math.max(0, ...files.map(({ content }) => content.length));
	if (largest > (state.settings.planFileSizeLimit ?? Infinity)) throw tooLargeForPlan();
}

/** Which inputs go together. */
function checkKinds({ model, segments, dubParams }: GenerationRequest, kinds: Kind[]): void {
	const count = (...wanted: Kind[]) => kinds.filter((kind) => wanted.includes(kind)).length;
	const visuals = count('video', 'image');
	const sounds = count('audio', 'text');
	if (visuals > 1) {
		throw refused(422, 'generation_input_too_many_visual', 'Only one video or image is allowed');
	}
	if (visuals === 0) throw unfit('A video or an image input is required');
	if (count('image') > 0 && model !== 'sync-3') {
		throw refused(400, 'generation_unsupported_model', 'Image input is supported by sync-3 only');
	}
	if (dubParams) {
		if (count('image') > 0) throw unfit('Dubbing requires a video input');
		if (sounds > 0) {
			const message = 'Dubbing can not be combined with audio or text input';
			throw refused(422, 'generation_input_dub_audio_conflict', message);
		}
		return;
	}
	if (sounds === 0) throw unfit('An audio or a text input is required');
	if (sounds > 1 && !segments) throw unfit('Several audio or text inputs require segments');
}

/** Segments of which each has its time, and its audio. */
function checkSegments(segments: Segment[], input: Input[]): void {
	const refIds = input
		.filter(({ type }) => type === 'audio' || type === 'text')
		.map(({ refId }) => refId);
	for (const { startTime, endTime, audioInput } of segments) {
		if (startTime > endTime) throw segmentsInvalid('A segment can not end before it starts');
		if (!refIds.includes(audioInput.refId)) {
			throw segmentsInvalid(`There is no audio or text input with refId ${audioInput.refId}`);
		}
		if ((audioInput.startTime === undefined) !== (audioInput.endTime === undefined)) {
			throw segmentsInvalid('startTime and endTime of audioInput come together');
		}
	}
	const inOrder = [...segments].sort((a, b) => a.startTime - b.startTime);
	if (inOrder.some(({ startTime }, index) => startTime < (inOrder[index - 1]?.endTime ?? 0))) {
		throw segmentsInvalid('Segments can not overlap');
	}
}

/** An input's asset has to be there, and to be what the input says. */
function checkAsset(input: Input, caller: Caller, state: State): void {
	if (input.type === 'text' || input.assetId === undefined) return;
	const { asset } = findAsset(input.assetId, caller, state, state.settings.missingInputStatus);
	if (asset.type.toLowerCase() !== input.type) {
		const message = `Asset ${asset.id} is no ${input.type}`;
		throw refused(422, 'generation_input_asset_type_mismatch', message);
	}
}
