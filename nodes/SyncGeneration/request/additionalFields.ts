import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { createProjectField } from '../../shared/fields/projectLocator';
import { inputError } from '../../shared/transport/errors';
import { isUuid } from '../../shared/transport/ids';
import { parseText } from '../../shared/transport/values';
import { idempotencyKeyField } from './idempotencyKeyField';
import { additionalAudiosField, additionalScriptsField, segmentsField } from './segmentFields';
import { visualKindField } from './visual';

/** Optional fields of a new generation. */
export const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		additionalAudiosField,
		additionalScriptsField,
		idempotencyKeyField,
		{
			displayName: 'Output File Name',
			name: 'outputFileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. interview_es',
			description:
				'The name of the finished video without extension: letters, digits, _ and -. sync.so replaces other characters.',
		},
		createProjectField('The project to add the generation to'),
		segmentsField,
		visualKindField,
		{
			displayName: 'Webhook URL',
			name: 'webhookUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://n8n.example.com/webhook/finished',
			description:
				"The https URL that sync.so calls once when the generation has ended, e.g. that of a Sync Trigger. To resume this workflow, use 'Resume by Webhook' instead.",
		},
	],
};

/** Reads the output file name and the project of {@link additionalFields}. @throws FailureError if one is invalid */
export function readAdditionalFields({ outputFileName, projectId }: IDataObject): {
	outputFileName?: string;
	projectId?: string;
} {
	return {
		...(outputFileName !== undefined && { outputFileName: parseFileName(outputFileName) }),
		...(projectId !== undefined && { projectId: parseProjectId(projectId) }),
	};
}

function parseFileName(value: unknown): string {
	// The API appends the extension itself.
	const name = parseText(value, 'Output File Name').replace(/\.mp4$/i, '');
	if (name.length <= 255) return name;
	throw inputError(
		`'Output File Name' has ${name.length} characters, but sync.so accepts up to 255`,
		'Make it shorter',
	);
}

function parseProjectId(value: unknown): string {
	const id = parseText(value, 'Project');
	if (isUuid(id)) return id;
	throw inputError(
		`'Project' is not a project ID: ${id.slice(0, 40)}`,
		'Select the project from the list, or use an ID such as 550e8400-e29b-41d4-a716-446655440000',
	);
}
