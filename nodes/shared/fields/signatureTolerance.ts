import type { INodeProperties } from 'n8n-workflow';

/** Option: the maximum age of a webhook call. */
export const signatureToleranceField = {
	displayName: 'Signature Tolerance (Seconds)',
	name: 'signatureTolerance',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 300,
	description: 'Maximum age of a webhook signature, or 0 for any age',
} satisfies INodeProperties;
