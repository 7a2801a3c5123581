import type { INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import {
	downloadOutputFields,
	maxSizeField,
	optionsField,
	outputFields,
	reuseExistingField,
} from '../../shared/fields/commonFields';
import { HIDDEN_IN_TOOLS } from '../../shared/fields/toolFields';
import type { Generation } from '../../shared/items/generationItem';
import { toGenerationItem } from '../../shared/items/generationItem';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { parseChoice } from '../../shared/transport/values';
import {
	createDontWaitOption,
	createWaitUntilFinishedOption,
	ifFailedField,
	modelFields,
	readTimeLimit,
	timeLimitField,
} from '../fields';
import { costGuardFields } from '../paid/costGuard';
import { createGeneration, releaseSlot } from '../paid/createGeneration';
import { createWithFilesField, reuseIdenticalField } from '../paid/createSettings';
import type { PreparedGeneration } from '../paid/prepareGeneration';
import { prepareGeneration } from '../paid/prepareGeneration';
import { prepareTogether } from '../paid/prepareTogether';
import { additionalFields } from '../request/additionalFields';
import { audioFields } from '../request/audio';
import { modelOptionsField } from '../request/modelOptions';
import { visualFields } from '../request/visual';
import type { OutputSettings } from '../waiting/output';
import {
	buildOutput,
	includeCostField,
	readOutputSettings,
	throwIfFailed,
} from '../waiting/output';
import { waitUntilFinished } from '../waiting/waitUntilFinished';

const WAIT_MODES = ['inNode', 'no', 'webhook'] as const;

/** The validated settings of an item, before anything is paid for. */
interface Prepared {
	generation: PreparedGeneration;
	wait: (typeof WAIT_MODES)[number];
	/** Maximum wait for a free slot in the plan, and then for the video. */
	minutes: number;
	output: OutputSettings;
}

/** Creates a lip-synced video. Waits for it only if 'Wait' is set to 'Wait Until Finished'. */
async function createAndWait(item: ItemContext): Promise<INodeExecutionData> {
	const prepared = await prepareTogether(item, async () => await prepare(item));
	const { wait, minutes, output } = prepared;
	const generation = await createGeneration(item, prepared.generation, { minutes });
	if (wait !== 'inNode') return { json: toGenerationItem(generation, output.simplify) };
	const ended = await waitAndReleaseSlot(item, generation, minutes);
	throwIfFailed(ended, output);
	return await buildOutput(item, ended, output);
}

async function prepare(item: ItemContext): Promise<Prepared> {
	return {
		wait: parseChoice(item.parameter('wait', 'no'), 'Wait', WAIT_MODES),
		minutes: readTimeLimit(item),
		output: readOutputSettings(item),
		generation: await prepareGeneration(item),
	};
}

/** Waits until the generation has ended, then frees its slot in the plan, even if the wait fails. */
async function waitAndReleaseSlot(
	item: ItemContext,
	generation: Generation,
	minutes: number,
): Promise<Generation> {
	try {
		return await waitUntilFinished(item, generation, minutes);
	} finally {
		releaseSlot(item);
	}
}

const waitOptions: INodePropertyOptions[] = [
	createDontWaitOption('generation'),
	{
		name: 'Resume by Webhook',
		value: 'webhook',
		displayOptions: HIDDEN_IN_TOOLS,
		description: 'One item only. Add Wait for Webhook after this node.',
	},
	createWaitUntilFinishedOption('generation'),
];

const waitField: INodeProperties = {
	displayName: 'Wait',
	name: 'wait',
	type: 'options',
	options: waitOptions,
	default: 'inNode',
	description: 'Whether and how to wait for the video, which takes minutes',
	builderHint: {
		propertyHint:
			"Keep 'inNode' if the next node needs the video. With 'webhook', add Generation → Wait for Webhook as the next node, and process one item per execution.",
	},
};

const chargeNotice: INodeProperties = {
	displayName:
		"sync.so charges each video, one per input item. While you build the workflow, pin the output, with 'Download Output' off.",
	name: 'chargeNotice',
	type: 'notice',
	default: '',
};

const whenWaiting = { show: { wait: ['inNode'] } };

/** Generation → Create. */
export const createOperation = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create lip-synced video',
	description:
		'Create a lip-synced video from a video or portrait and a voice, or dub a video. Charged per video.',
	request: { method: 'POST', url: '/v2/generate' },
	fields: [
		chargeNotice,
		...modelFields,
		...visualFields,
		...audioFields,
		waitField,
		...updateDisplayOptions(whenWaiting, [ifFailedField, ...downloadOutputFields('video')]),
		...outputFields,
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
					'How long to wait for the next slot in your plan to free up, and then for the video. After that, the generation continues at sync.so; its ID is in the error.',
			},
		]),
	],
	handle: createAndWait,
});
