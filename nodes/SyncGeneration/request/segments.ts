import type { IDataObject } from 'n8n-workflow';
import type { components } from '../../shared/api';
import { readPublicUrl } from '../../shared/fields/publicUrl';
import { FailureError, inputError } from '../../shared/transport/errors';
import { checkId } from '../../shared/transport/ids';
import type { ItemContext } from '../../shared/transport/itemContext';
import { parseNumber, parseText } from '../../shared/transport/values';
import { checkBoxesUrl } from './activeSpeaker';
import { buildOptions } from './modelOptions';
import { MAIN_AUDIO } from './segmentFields';
import type { SpeechInput } from './speechProvider';
import { parseScript } from './speechProvider';
import type { VisualKind } from './visual';

type Segment = components['schemas']['Segment'];

/** A segment whose options aren't in the API's format yet, because they depend on the model. */
type SegmentDraft = Segment & { modelOptions?: IDataObject };

/** Audio with the ID that segments refer to it by. */
interface AudioInput {
	type: 'audio';
	url?: string;
	assetId?: string;
	refId: string;
}

/** The value of a fixed collection, by group. */
type Groups = Record<string, IDataObject[] | undefined> | undefined;

const getEntries = (field: unknown, group: string): IDataObject[] =>
	(field as Groups)?.[group] ?? [];

/** A script with the ID that segments refer to it by. */
interface ScriptInput {
	type: 'text';
	provider: SpeechInput;
	refId: string;
}

/** The segments, and the additional audios and scripts that only they use. */
export interface Segments {
	segments: SegmentDraft[];
	audios: Array<AudioInput | ScriptInput>;
}

/**
 * Reads the segments, and the additional audios and scripts.
 *
 * @param fields those that were added to 'Additional Fields'
 * @throws FailureError if one is invalid, or if they don't fit together
 */
export async function readSegments(item: ItemContext, fields: IDataObject): Promise<Segments> {
	const audios: Segments['audios'] = [];
	for (const entry of getEntries(fields.moreAudios, 'audio')) {
		audios.push(await readAdditionalAudio(item, entry));
	}
	audios.push(...getEntries(fields.moreScripts, 'script').map(readAdditionalScript));
	const segments: SegmentDraft[] = [];
	for (const entry of getEntries(fields.segments, 'segment')) {
		segments.push(await readSegment(item, entry));
	}
	if (segments.length === 0 && audios.length > 0) {
		throw inputError(
			"'Additional Audios' and 'Additional Scripts' are only used by segments",
			"Add 'Segments' that refer to them, or remove them",
		);
	}
	const refIds = [MAIN_AUDIO, ...audios.map(({ refId }) => refId)];
	const duplicate = refIds.find((refId, index) => refIds.indexOf(refId) !== index);
	if (duplicate !== undefined) {
		throw inputError(
			`Two audios have the reference ID '${duplicate}'`,
			"Give each of 'Additional Audios' and 'Additional Scripts' its own 'Reference ID'",
		);
	}
	checkReferences(segments, refIds);
	checkOverlaps(segments);
	return { segments, audios };
}

async function readAdditionalAudio(
	item: ItemContext,
	{ refId, source }: IDataObject,
): Promise<AudioInput> {
	const reference = parseText(refId, 'Reference ID');
	const text = parseText(source, 'URL or Asset ID');
	if (/^[a-z][a-z0-9+.-]*:/i.test(text)) {
		const { href } = await readPublicUrl(item, text, 'URL or Asset ID', 'voice.mp3');
		return { type: 'audio', url: href, refId: reference };
	}
	const checked = checkId(text, 'asset', []);
	if (!checked.ok) throw new FailureError(checked.failure);
	return { type: 'audio', assetId: checked.id, refId: reference };
}

function readAdditionalScript({ refId, script, voiceId }: IDataObject): ScriptInput {
	const reference = parseText(refId, 'Reference ID');
	const checked = checkId(voiceId, 'voice', []);
	if (!checked.ok) throw new FailureError(checked.failure);
	const provider = {
		name: 'elevenlabs',
		voiceId: checked.id,
		script: parseScript(script),
	} as const;
	return { type: 'text', provider, refId: reference };
}

async function readSegment(
	item: ItemContext,
	{ startTime, endTime, refId, cropStart, cropEnd, modelOptions }: IDataObject,
): Promise<SegmentDraft> {
	const [start, end] = [
		parseNumber(startTime, { label: 'Start (Seconds)' }),
		parseNumber(endTime, { label: 'End (Seconds)' }),
	];
	const [cropFrom, cropTo] = [
		parseNumber(cropStart ?? 0, { label: 'Audio Start (Seconds)' }),
		parseNumber(cropEnd ?? 0, { label: 'Audio End (Seconds)' }),
	];
	if (start >= end) {
		throw inputError(
			`A segment starts at ${start} s, but ends at ${end} s`,
			"Set 'End (Seconds)' to a later time than 'Start (Seconds)'",
		);
	}
	if (cropTo === 0 && cropFrom > 0) {
		throw inputError(
			"A segment has 'Audio Start (Seconds)', but no 'Audio End (Seconds)'",
			'Set both or neither',
		);
	}
	if (cropTo > 0 && cropFrom >= cropTo) {
		throw inputError(
			`The audio of a segment starts at ${cropFrom} s, but ends at ${cropTo} s`,
			"Set 'Audio End (Seconds)' to a later time than 'Audio Start (Seconds)'",
		);
	}
	const crop = cropTo > 0 ? { startTime: cropFrom, endTime: cropTo } : {};
	const audioInput = { refId: parseText(refId, 'Audio Reference'), ...crop };
	const segment = { startTime: start, endTime: end, audioInput };
	const options = (modelOptions ?? {}) as IDataObject;
	if (Object.keys(options).length === 0) return segment;
	await checkBoxesUrl(item, options.activeSpeaker);
	return { ...segment, modelOptions: options };
}

/** Converts the options of the segments to the API's format. @throws FailureError if the model doesn't support one */
export const buildSegments = (
	{ segments, audios }: Segments,
	model: string,
	kind: VisualKind,
): Segments => ({
	audios,
	segments: segments.map(({ modelOptions, ...segment }) => {
		const override = modelOptions && buildOptions(modelOptions, model, kind);
		return override
			? { ...segment, optionsOverride: override as unknown as Segment['optionsOverride'] }
			: segment;
	}),
});

function checkReferences(segments: Segment[], refIds: string[]): void {
	const invalidSegment = segments.find(({ audioInput }) => !refIds.includes(audioInput.refId));
	if (!invalidSegment) return;
	throw inputError(
		`There is no audio with the reference ID '${invalidSegment.audioInput.refId}'`,
		`Set 'Audio Reference' to one of these: ${refIds.join(', ')}`,
	);
}

function checkOverlaps(segments: Segment[]): void {
	const sorted = [...segments].sort((a, b) => a.startTime - b.startTime);
	const overlapping = sorted.find(
		({ startTime }, index) => index > 0 && startTime < sorted[index - 1].endTime,
	);
	if (!overlapping) return;
	throw inputError(
		`A segment starts at ${overlapping.startTime} s, before the previous one has ended`,
		"Change 'Start (Seconds)' or 'End (Seconds)': segments can't overlap",
	);
}
