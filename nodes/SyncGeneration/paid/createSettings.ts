import type { INodeProperties } from 'n8n-workflow';
import { reuseExistingField } from '../../shared/fields/commonFields';
import { readBooleanOption } from '../../shared/fields/readers';
import { inputError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import type { CostGuard } from './costGuard';
import { readCostGuard } from './costGuard';
import { claimIdempotencyKey } from './idempotencyRecord';

/** Option: send files in the request itself instead of uploading them first. */
export const createWithFilesField: INodeProperties = {
	displayName: 'Send Files in Request',
	name: 'createWithFiles',
	type: 'boolean',
	default: false,
	description:
		'Whether to send files in the request itself (up to 20 MB) instead of uploading them as assets first',
};

/** Option: return the existing generation for an identical request. */
export const reuseIdenticalField: INodeProperties = {
	displayName: 'Reuse Identical Generation',
	name: 'reuseIdentical',
	type: 'boolean',
	default: false,
	description:
		'Whether the same request returns the existing generation instead of paying for a new one, for as long as sync.so remembers it. A failed one is created again.',
};

/** How to create a generation. */
export interface CreateSettings {
	/** Whether to send files in the request itself. */
	withFiles: boolean;
	/** Whether to reuse files that were uploaded before. */
	reuseExisting: boolean;
	/** Whether to return the existing generation for an identical request. */
	reuseIdentical: boolean;
	/** The user's own idempotency key. */
	key?: string;
	guard?: CostGuard;
}

/** Reads the settings. @throws FailureError if one is invalid, or conflicts with another */
export function readCreateSettings(item: ItemContext): CreateSettings {
	const options = item.addedFields('options');
	const settings: CreateSettings = {
		withFiles: readBooleanOption(options, createWithFilesField),
		reuseExisting: readBooleanOption(options, reuseExistingField),
		reuseIdentical: readBooleanOption(options, reuseIdenticalField),
		key: claimIdempotencyKey(item),
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
