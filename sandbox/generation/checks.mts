import { checkFileSize, requireAsset } from '../asset/checks.mts';
import type { AssetState } from '../asset/state.mts';
import { ApiError, BadRequestError } from '../core/errors.mts';
import type { FormFile } from '../core/multipart.mts';
import type { Caller } from '../core/users.mts';
import { isWebhookUrl } from '../core/webhooks.mts';
import { requireOwnProject } from '../project/checks.mts';
import { FILE_FIELDS } from './form.mts';
import type { GenerationState } from './state.mts';
import type { StoredGeneration } from './store.mts';
import type { GenerationRequest, Input, Segment } from './types.mts';

type State = Pick<AssetState, 'assets' | 'projects' | 'settings'>;
type InputType = Input['type'];

/**
 * The real status of most error codes is unknown. Here, it is 400 for inputs that are missing or don't fit the request,
 * and 422 for invalid inputs.
 */
const inputError = (status: 400 | 422, errorCode: string, message: string) =>
	new ApiError(status, { message, errorCode });

const validationFailed = (message: string) =>
	inputError(400, 'generation_input_validation_failed', message);

const segmentsInvalid = (message: string) =>
	inputError(422, 'generation_input_segments_invalid', message);

const generationNotFound = () =>
	new ApiError(404, { message: 'Generation not found', errorCode: 'generation_not_found' });

/** Gets a generation. @throws ApiError if it does not exist */
export function requireGeneration(
	id: string,
	{ generations }: Pick<GenerationState, 'generations'>,
): StoredGeneration {
	const stored = generations.get(id);
	if (!stored) throw generationNotFound();
	return stored;
}

/**
 * Checks what the schema of a request to create a generation can't express.
 *
 * @param files the files in the form, which become inputs
 * @throws ApiError with the error code of the real API
 */
export function checkGeneration(
	request: GenerationRequest,
	files: FormFile[],
	caller: Caller,
	state: State,
): void {
	const { webhookUrl, projectId, segments, input } = request;
	const unknown = files.filter(({ field }) => !Object.hasOwn(FILE_FIELDS, field));
	if (unknown.length > 0) {
		throw new BadRequestError(unknown.map(({ field }) => `property ${field} should not exist`));
	}
	if (webhookUrl !== undefined && !isWebhookUrl(webhookUrl)) {
		throw new BadRequestError(['webhookUrl must be an HTTPS URL']);
	}
	checkInputTypes(request, [
		...files.map(({ field }) => field as InputType),
		...input.map(({ type }) => type),
	]);
	if (segments) checkSegments(segments, input);
	if (projectId !== undefined) requireOwnProject(projectId, caller, state, 422);
	for (const one of input) checkAsset(one, caller, state);
	for (const { content } of files) checkFileSize(content.length, state.settings);
}

/** Checks that the inputs can be combined. */
function checkInputTypes(
	{ model, segments, dubParams }: GenerationRequest,
	types: InputType[],
): void {
	const count = (...counted: InputType[]) => types.filter((type) => counted.includes(type)).length;
	const visuals = count('video', 'image');
	const sounds = count('audio', 'text');
	if (visuals > 1) {
		throw inputError(422, 'generation_input_too_many_visual', 'Only one video or image is allowed');
	}
	if (visuals === 0) throw validationFailed('A video or an image input is required');
	if (count('image') > 0 && model !== 'sync-3') {
		const message = 'Image input is supported by sync-3 only';
		throw inputError(400, 'generation_unsupported_model', message);
	}
	if (dubParams) {
		if (count('image') > 0) throw validationFailed('Dubbing requires a video input');
		if (sounds > 0) {
			const message = "Dubbing can't be combined with audio or text input";
			throw inputError(422, 'generation_input_dub_audio_conflict', message);
		}
		return;
	}
	if (sounds === 0) throw validationFailed('An audio or a text input is required');
	if (sounds > 1 && !segments) {
		throw validationFailed('Several audio or text inputs require segments');
	}
}

/** Checks that segments don't overlap and that each has an audio or text input. */
function checkSegments(segments: Segment[], input: Input[]): void {
	const refIds = input
		.filter(({ type }) => type === 'audio' || type === 'text')
		.map(({ refId }) => refId);
	for (const { startTime, endTime, audioInput } of segments) {
		if (startTime > endTime) throw segmentsInvalid("A segment can't end before it starts");
		if (!refIds.includes(audioInput.refId)) {
			throw segmentsInvalid(`There is no audio or text input with refId ${audioInput.refId}`);
		}
		if ((audioInput.startTime === undefined) !== (audioInput.endTime === undefined)) {
			throw segmentsInvalid('audioInput requires both or neither of startTime and endTime');
		}
	}
	const sorted = [...segments].sort((a, b) => a.startTime - b.startTime);
	if (sorted.some(({ startTime }, index) => startTime < (sorted[index - 1]?.endTime ?? 0))) {
		throw segmentsInvalid("Segments can't overlap");
	}
}

/** Checks that the asset of an input exists and has the right type. */
function checkAsset(input: Input, caller: Caller, state: State): void {
	if (input.type === 'text' || input.assetId === undefined) return;
	const { missingInputStatus } = state.settings;
	const { asset } = requireAsset(input.assetId, caller, state, missingInputStatus);
	if (asset.type.toLowerCase() !== input.type) {
		const message = `Asset ${asset.id} does not have the type ${input.type}`;
		throw inputError(422, 'generation_input_asset_type_mismatch', message);
	}
}
