import type { INodeProperties } from 'n8n-workflow';

/** Who can see an asset or a project. */
export const visibilityField: INodeProperties = {
	displayName: 'Visibility',
	name: 'visibility',
	type: 'options',
	options: [
		{
			name: 'Everyone in the Organization',
			value: 'ORGANIZATION',
			description: 'All members of your organization can see it',
		},
		{ name: 'Only Me', value: 'USER', description: 'Only the owner of the API key can see it' },
	],
	default: 'USER',
	description: 'Who can see the asset or project in sync.so',
};
