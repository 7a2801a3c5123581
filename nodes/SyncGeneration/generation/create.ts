import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import {
	downloadOutputFields,
	maxSizeField,
	optionsField,
	reuseExistingField,
	simplifyField,
} from '../../shared/fields/options';
import type { Generation } from '../../shared/items/generationItem';
import { generationItem } from '../../shared/items/generationItem';
import type { Call } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { choiceFrom } from '../../shared/transport/values';
import { ifFailedField, modelField, timeLimitField, timeLimitOf } from '../fields';
import { costGuardFields } from '../paid/costGuard';
import { createGeneration, releaseSlot } from '../paid/createGeneration';
import { createWithFilesField, reuseIdenticalField } from '../paid/createSettings';
import { prepareAll } from '../paid/prepareAll';
import type { PreparedGeneration } from '../paid/prepareGeneration';
import { prepareGeneration } from '../paid/prepareGeneration';
import { audioFields } from '../request/audio';
import { modelOptionsField } from '../request/modelOptions';
import { additionalFields } from '../request/request';
import { visualFields } from '../request/visual';
import type { OutputSettings } from '../waiting/output';
import { checkEnd, includeCostField, outputOf, readOutputSettings } from '../waiting/output';
import { untilFinished } from '../waiting/wait';

const WAITS = ['inNode', 'no', 'webhook'] as const;

/** What is known about an item before anything is paid for. */
interface Prepared {
	generation: PreparedGeneration;
	wait: (typeof WAITS)[number];
	/** How long to wait at most. */
	minutes: number;
	output: OutputSettings;
}

/** Creates a lip-synced video, and waits for it if that is wanted. */
async function create(call: Call): Promise<INodeExecutionData> {
	const prepared = await prepareAll(call, async () => await prepare(call));
	const { wait, minutes, output } = prepared;
	const generation = await createGeneration(call, prepared.generation, { minutes });
	if (wait !== 'inNode') return { json: generationItem(generation, output.simplify) };
	const ended = await waitUntilEnded(call, generation, minutes);
	checkEnd(ended, output);
	return await outputOf(call, ended, output);
}

async function prepare(call: Call): Promise<Prepared> {
	return {
		wait: choiceFrom(call.parameter('wait', 'no'), 'Wait', WAITS),
		minutes: timeLimitOf(call),
		output: readOutputSettings(call),
		generation: await prepareGeneration(call),
	};
}

async function waitUntilEnded(
	call: Call,
	generation: Generation,
	minutes: number,
): Promise<Generation> {
	try {
		return await untilFinished(call, generation, minutes);
	} finally {
		releaseSlot(call);
	}
}

const waitField: INodeProperties = {
	displayName: 'Wait',
	name: 'wait',
	type: 'options',
	options: [
		{
			name: "Don't Wait",
			value: 'no',
			description: 'Continue at once, with the ID of the generation',
		},
		{
			name: 'Resume by Webhook',
			value: 'webhook',
			description: 'One item only. Add Wait for Webhook after this node.',
		},
		{
			name: 'Wait Until Finished',
			value: 'inNode',
			description: 'Continue once the generation has finished or failed',
		},
	],
	default: 'no',
	description: 'Whether to wait for the video, which takes minutes, and how',
};

const whenWaiting = { show: { wait: ['inNode'] } };

/** Generation → Create. */
export const createOperation = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create generation',
	description:
		'Create a lip-synced video from a video or portrait and a voice, or dub a video. Charged per video: pin the output while you build a workflow.',
	request: { method: 'POST', url: '/v2/generate' },
	fields: [
		modelField,
		...visualFields,
		...audioFields,
		waitField,
		...updateDisplayOptions(whenWaiting, [ifFailedField, ...downloadOutputFields('video')]),
		simplifyField,
		modelOptionsField,
		additionalFields,
		optionsField([
			...costGuardFields,
			...updateDisplayOptions({ show: { '/wait': ['inNode'] } }, [includeCostField, maxSizeField]),
			createWithFilesField,
			reuseExistingField,
			reuseIdenticalField,
			{
				...timeLimitField,
				description:
					'How long to wait for a free slot in your plan and for the video, in minutes. The generation continues at sync.so after that, and its ID is in the error.',
			},
		]),
	],
	handle: create,
});
