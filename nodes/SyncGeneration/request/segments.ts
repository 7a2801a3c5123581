import type { IDataObject } from 'n8n-workflow';
import type { components } from '../../shared/api';
import { checkId } from '../../shared/transport/ids';
import { FailureError } from '../../shared/transport/errors';
import { webAddress } from '../../shared/fields/webAddress';
import { MAIN_AUDIO } from './segmentFields';
import { numberOf, refusal, textOf } from '../../shared/fields/values';

type Segment = components['schemas']['Segment'];

/** Audio with the name by which segments mean it. */
interface AudioInput {
	type: 'audio';
	url?: string;
	assetId?: string;
	refId: string;
}

/** What was added to a fixed collection, group by group. */
type Groups = Record<string, IDataObject[] | undefined> | undefined;

const rowsOf = (field: unknown, group: string): IDataObject[] => (field as Groups)?.[group] ?? [];

/** The segments and the additional audios of the fields. */
export interface Segments {
	segments: Segment[];
	inputs: AudioInput[];
}

/**
 * @param fields the additional fields
 * @param hasAudio whether there is audio, or a script, besides the additional ones
 * @throws FailureError when they do not fit together
 */
export function segmentsOf(fields: IDataObject, hasAudio: boolean): Segments {
	const inputs = rowsOf(fields.moreAudios, 'audio').map(audioOf);
	const segments = rowsOf(fields.segments, 'segment').map(segmentOf);
	if (segments.length === 0 && inputs.length > 0) {
		throw refusal(
			'Additional audio is heard in segments only',
			'Add Segments that name it, or take Additional Audios out',
		);
	}
	if (segments.length > 0 && !hasAudio) {
		throw refusal('Dubbing takes no segments', 'Take Segments out, or set Audio');
	}
	const known = [MAIN_AUDIO, ...inputs.map(({ refId }) => refId)];
	const twice = known.find((refId, index) => known.indexOf(refId) !== index);
	if (twice !== undefined) {
		throw refusal(
			`Two audios have the reference ID “${twice}”`,
			'Give each of Additional Audios another one',
		);
	}
	checkReferences(segments, known);
	checkOverlaps(segments);
	return { segments, inputs };
}

function audioOf({ refId, source }: IDataObject): AudioInput {
	const reference = textOf(refId, 'Reference ID');
	const text = textOf(source, 'URL or Asset ID');
	if (/^[a-z][a-z0-9+.-]*:/i.test(text)) {
		const { href } = webAddress(text, 'URL or Asset ID', 'voice.mp3');
		return { type: 'audio', url: href, refId: reference };
	}
	const checked = checkId(text, 'asset', []);
	if (!checked.ok) throw new FailureError(checked.failure);
	return { type: 'audio', assetId: checked.id, refId: reference };
}

function segmentOf({ startTime, endTime, refId, cropStart, cropEnd }: IDataObject): Segment {
	const [start, end] = [numberOf(startTime, 'From'), numberOf(endTime, 'To')];
	const [from, to] = [numberOf(cropStart ?? 0, 'Crop From'), numberOf(cropEnd ?? 0, 'Crop To')];
	if (start >= end) {
		throw refusal(`A segment starts at ${start} s and ends at ${end} s`, 'Let it end later');
	}
	if (to === 0 && from > 0) {
		throw refusal('A segment has Crop From, but no Crop To', 'Set both, or none');
	}
	if (to > 0 && from >= to) {
		throw refusal(`The audio of a segment is cut from ${from} s to ${to} s`, 'Let it end later');
	}
	const crop = to > 0 ? { startTime: from, endTime: to } : {};
	const audioInput = { refId: textOf(refId, 'Audio Reference'), ...crop };
	return { startTime: start, endTime: end, audioInput };
}

function checkReferences(segments: Segment[], known: string[]): void {
	const strange = segments.find(({ audioInput }) => !known.includes(audioInput.refId));
	if (!strange) return;
	throw refusal(
		`There is no audio with the reference ID “${strange.audioInput.refId}”`,
		`Use one of these as Audio Reference: ${known.join(', ')}`,
	);
}

function checkOverlaps(segments: Segment[]): void {
	const inOrder = [...segments].sort((a, b) => a.startTime - b.startTime);
	const late = inOrder.find(
		({ startTime }, index) => index > 0 && startTime < inOrder[index - 1].endTime,
	);
	if (!late) return;
	throw refusal(
		`A segment starts at ${late.startTime} s, before the one before it has ended`,
		'Segments may touch, but not overlap',
	);
}
