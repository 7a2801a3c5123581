import type {
	IHttpRequestOptions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { failureOfAnswer, FailureError } from '../../shared/transport/errors';
import { hasId } from '../../shared/items/item';
import type { Call } from '../../shared/transport/operation';
import { routing, runOf } from '../../shared/transport/operation';
import {
	downloadOutputFields,
	maxSizeField,
	optionsField,
	simplifyField,
} from '../../shared/fields/options';
import { PerRun } from '../../shared/transport/run';
import type { Answer } from '../../shared/transport/send';
import { audioFields } from '../request/audio';
import { checkCost, costGuardFields, costGuardOf } from '../paid/costGuard';
import { ifFailedField, timeLimitField, timeLimitOf, wantsSimple } from '../fields';
import type { Generation } from '../../shared/items/generationItem';
import { generationIn, generationItem } from '../../shared/items/generationItem';
import type { Job } from '../paid/idempotency';
import { createOnce, failureOfCreate, jobOf, namedGeneration } from '../paid/idempotency';
import { modelOptionsField } from '../request/modelOptions';
import { checkSizes, formOf } from '../request/multipart';
import { checkEnd, includeCostField, outputOf } from '../waiting/output';
import type { GenerationRequest } from '../request/request';
import { additionalFields, requestOf } from '../request/request';
import { Turns } from '../paid/turns';
import { visualFields } from '../request/visual';
import { untilFinished } from '../waiting/wait';

const turns = new PerRun((context) => new Turns(runOf(context).sender));

/** Has a video made, and waits for it if that is wanted. */
async function createGeneration(call: Call): Promise<INodeExecutionData> {
	const known = await generationOf(call, jobOf(call));
	if (call.parameter('wait', 'no') !== 'inNode') {
		return { json: generationItem(known, wantsSimple(call)) };
	}
	const generation = await untilEnded(call, known);
	checkEnd(call, generation);
	return await outputOf(call, generation);
}

/** Makes the generation of an item, unless an earlier try has made it. @throws FailureError when there is none */
async function generationOf(call: Call, job: Job): Promise<Generation> {
	if (job.generationId !== undefined) return await stateOf(call, job.generationId);
	const request = (job.request ??= await checkedRequest(call));
	const create = async () =>
		await createOnce(call, job, async () => await send(call, job, request));
	const answer = await turns.of(call.context).take(create, timeLimitOf(call));
	const id = answer.ok ? idOf(answer.body) : namedGeneration(answer);
	if (id !== undefined) {
		call.subject.generationId = job.generationId = id;
		return answer.ok ? generationIn(answer.body) : await stateOf(call, id);
	}
	if (answer.ok || job.unsure) call.subject.idempotencyKey = job.key;
	throw new FailureError(
		answer.ok ? failureOfAnswer('a generation', answer.body) : failureOfCreate(answer, job),
	);
}

const idOf = (body: unknown): string | undefined => (hasId(body) ? body.id : undefined);

async function checkedRequest(call: Call): Promise<GenerationRequest> {
	const withFiles = call.collection('options').createWithFiles === true;
	const guard = costGuardOf(call);
	const request = await requestOf(call, withFiles, guard !== undefined && !guard.duration);
	checkSizes(request.files);
	if (guard) await checkCost(call, guard, request);
	return request;
}

async function send(call: Call, job: Job, request: GenerationRequest): Promise<Answer> {
	const send = async ({ body, headers }: Pick<IHttpRequestOptions, 'body' | 'headers'>) =>
		await call.send({ body, headers: { ...headers, 'Idempotency-Key': job.key } }, true);
	const headers = call.request.headers ?? {};
	if (request.files.length === 0) return await send({ body: request.body as never, headers });
	// Few at once: each is held in memory.
	return await call.run.withFile(async () => {
		const form = await formOf(request, job.key);
		return await send({ ...form, headers: { ...headers, ...form.headers } });
	});
}

async function stateOf(call: Call, id: string): Promise<Generation> {
	call.subject.generationId = id;
	const url = `/v2/generate/${encodeURIComponent(id)}`;
	return generationIn(await call.ask({ method: 'GET', url, body: undefined }));
}

/** Waits for the end of a generation, after which the plan may have room for the next. */
async function untilEnded(call: Call, known: Generation): Promise<Generation> {
	try {
		return await untilFinished(call, known, timeLimitOf(call));
	} finally {
		turns.of(call.context).free();
	}
}

/** The entry in the Operation list. */
export const createOption: INodePropertyOptions = {
	name: 'Create',
	value: 'create',
	action: 'Create generation',
	description:
		'Make a lip-synced video from a video or portrait and a voice, or dub a video; costs money at sync.so',
	routing: routing('POST', '/v2/generate', createGeneration),
};

const waitField: INodeProperties = {
	displayName: 'Wait',
	name: 'wait',
	type: 'options',
	options: [
		{
			name: "Don't Wait",
			value: 'no',
			description: 'The item goes on at once, with the ID of the generation',
		},
		{
			name: 'Resume by Webhook',
			value: 'webhook',
			description:
				'The item goes on at once, and sync.so calls this execution when the video is made. Put Wait for Webhook after this node. One item only.',
		},
		{
			name: 'Wait Until Finished',
			value: 'inNode',
			description: 'The item goes on when the video is made, or could not be made',
		},
	],
	default: 'no',
	description: 'Whether to wait for the video, which takes minutes, and how',
};

const whenWaiting = { show: { wait: ['inNode'] } };

const properties: INodeProperties[] = [
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
		{
			displayName: 'Create with Files',
			name: 'createWithFiles',
			type: 'boolean',
			default: false,
			description:
				'Whether files of Binary Fields go inside of the request, up to 20 MB, instead of becoming assets first',
		},
		{
			displayName: 'Reuse Existing',
			name: 'reuseExisting',
			type: 'boolean',
			default: true,
			description:
				'Whether a file that was uploaded before with the same API key is found by its content and not sent again',
		},
		{
			...timeLimitField,
			description:
				'How many minutes to wait at most: for a free place of the plan, and then for the video. The generation goes on at sync.so after that, and its ID is in the error.',
		},
	]),
];

/** The fields of Create. */
export const createDescription = updateDisplayOptions(
	{ show: { resource: ['generation'], operation: ['create'] } },
	properties,
);
