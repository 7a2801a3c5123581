import type { INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { failureOfAnswer, FailureError, failureOfInput } from '../../shared/errors';
import type { InputFile } from '../../shared/inputFile';
import { inputFileOf, sha256Of } from '../../shared/inputFile';
import type { Call } from '../../shared/operation';
import { routing } from '../../shared/operation';
import { inputFileField, optionsField } from '../../shared/options';
import type { Answer } from '../../shared/send';
import { checkFileUrl, inMegabytes, isExpired, LARGEST_FILE, putFile } from '../../shared/storage';
import { assetIn, foundItem } from './assetItem';
import { outputOf, simplifyField } from './fields';
import { newAssetFields, registerAsset, typeField, typeOf } from './register';
import { findUploaded } from './uploaded';

/** Sends the file of an item to sync.so and registers it, unless it is there already. */
async function uploadAsset(call: Call): Promise<INodeExecutionData> {
	return await call.run.withFile(async () => {
		const file = await inputFileOf(call);
		call.subject.fileName = file.name;
		const type = typeOf(call, file);
		checkSize(file);
		const output = outputOf(call);
		const { reuseExisting = true } = call.collection('options');
		let contentSha256: string | undefined;
		if (reuseExisting) {
			contentSha256 = await sha256Of(file, call.context.getExecutionCancelSignal());
			const found = await findUploaded(call, contentSha256, type);
			if (found) return { json: { ...foundItem(found, output), reused: true } };
		}
		const url = await sendFile(call, file);
		const fields = { name: file.name, ...call.collection('additionalFields') };
		const answer = await registerAsset(call, { ...fields, url, type }, contentSha256);
		const asset = assetIn(bodyOfStep('The file was sent, but not registered as an asset', answer));
		return { json: { ...foundItem(asset, output), reused: false } };
	});
}

/** @throws FailureError when the file is larger than what sync.so takes */
function checkSize({ name, size }: InputFile): void {
	if (size <= LARGEST_FILE) return;
	throw new FailureError(
		failureOfInput(
			`The file “${name}” has ${inMegabytes(size)}, more than the ${inMegabytes(LARGEST_FILE)} that sync.so takes`,
			'Make the file smaller, or cut it into parts',
		),
	);
}

/** Sends the file to the storage; an address whose time is over is renewed once. Gives the address to register. */
async function sendFile(call: Call, file: InputFile): Promise<string> {
	const first = await uploadAddress(call, file);
	const answer = await putFile(call, first.uploadUrl, file);
	if (!isExpired(answer)) {
		bodyOfStep('The file could not be sent', answer);
		return first.url;
	}
	const second = await uploadAddress(call, file);
	bodyOfStep('The file could not be sent', await putFile(call, second.uploadUrl, file));
	return second.url;
}

async function uploadAddress(
	call: Call,
	{ name, mimeType, size }: InputFile,
): Promise<{ uploadUrl: string; url: string }> {
	const body = { fileName: name, contentType: mimeType, size };
	// Safe to send again: an address that nobody uses does no harm.
	const answer = await call.send({ body }, true);
	const given = bodyOfStep('sync.so gave no address to send the file to', answer) as {
		uploadUrl?: unknown;
		url?: unknown;
	} | null;
	if (typeof given?.url !== 'string') {
		throw new FailureError(failureOfAnswer('an address for the file', given));
	}
	return { uploadUrl: checkFileUrl(given.uploadUrl), url: given.url };
}

/** The body of an answer; of a failure, says which step it was. @throws FailureError */
function bodyOfStep(what: string, answer: Answer): unknown {
	if (answer.ok) return answer.body;
	const { failure } = answer;
	throw new FailureError({ ...failure, message: `${what}: ${failure.message}` });
}

/** The entry in the Operation list. */
export const uploadOption: INodePropertyOptions = {
	name: 'Upload',
	value: 'upload',
	action: 'Upload asset',
	description: 'Make an asset of a file from a previous node, of up to 5 GiB',
	routing: routing('POST', '/v2/assets/upload', uploadAsset),
};

const properties: INodeProperties[] = [
	inputFileField,
	typeField,
	simplifyField,
	newAssetFields,
	optionsField([
		{
			displayName: 'Reuse Existing',
			name: 'reuseExisting',
			type: 'boolean',
			default: true,
			description:
				'Whether a file that was uploaded before with the same API key is found by its content and not sent again. The item then says “reused” true.',
		},
	]),
];

/** The fields of Upload. */
export const uploadDescription = updateDisplayOptions(
	{ show: { resource: ['asset'], operation: ['upload'] } },
	properties,
);
