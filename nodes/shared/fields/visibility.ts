import type { INodeProperties } from 'n8n-workflow';

/** Who can see an asset or a project. */
export const visibilityField: INodeProperties = {
	displayName: 'Visibility',
	name: 'visibility',
	type: 'options',
	options: [
		{
			name: 'Organization',
			value: 'ORGANIZATION',
			description: 'All members of the organization see it',
		},
		{ name: 'User', value: 'USER', description: 'Only the owner of the API key sees it' },
	],
	default: 'USER',
	description: 'Who sees it in sync.so',
};
