import type { INodeProperties } from 'n8n-workflow';
import { reuseExistingField } from '../../shared/fields/options';
import { readBooleanOption } from '../../shared/fields/readers';
import { inputError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import type { CostGuard } from './costGuard';
import { readCostGuard } from './costGuard';
import { readIdempotencyKey } from './idempotencyRecord';

/** Whether files are sent in the request itself: one of the options. */
export const createWithFilesField: INodeProperties = {
	displayName: 'Create with Files',
	name: 'createWithFiles',
	type: 'boolean',
	default: false,
	description:
		'Whether to send files in the request itself (up to 20 MB) instead of uploading them as assets first',
};

/** Whether the same request returns the same generation: one of the options. */
export const reuseIdenticalField: INodeProperties = {
	displayName: 'Reuse Identical Generation',
	name: 'reuseIdentical',
	type: 'boolean',
	default: false,
	description:
		'Whether the same request returns the existing generation instead of paying for a new one, for as long as sync.so remembers it. A failed one is created again.',
};

/** How a generation is created, as the form says. */
export interface CreateSettings {
	/** Whether files are sent in the request itself. */
	withFiles: boolean;
	reuseExisting: boolean;
	reuseIdentical: boolean;
	/** Set by hand. */
	key?: string;
	guard?: CostGuard;
}

/** Reads how a generation is created. @throws FailureError if a setting is invalid, or does not fit another one */
export function readCreateSettings(item: ItemContext): CreateSettings {
	const added = item.addedFields('options');
	const settings: CreateSettings = {
		withFiles: readBooleanOption(added, createWithFilesField),
		reuseExisting: readBooleanOption(added, reuseExistingField),
		reuseIdentical: readBooleanOption(added, reuseIdenticalField),
		key: readIdempotencyKey(item),
		guard: readCostGuard(item),
	};
	if (!settings.reuseIdentical) return settings;
	if (settings.key !== undefined) {
		throw inputError(
			"'Reuse Identical Generation' and 'Idempotency Key' can't be used together",
			'Remove one of them: both decide which requests count as the same',
		);
	}
	if (item.parameter('wait', 'no') === 'webhook') {
		throw inputError(
			"'Reuse Identical Generation' can't be used with 'Resume by Webhook'",
			"Set 'Wait' to 'Wait Until Finished': sync.so calls only once, and only the execution that created the generation",
		);
	}
	return settings;
}
