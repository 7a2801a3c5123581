/** A member of the organization, identified by an API key. */
export interface Caller {
	apiKey: string;
	userId: string;
}

/** The user who owns the fixtures, except the shared asset. */
export const OWNER_ID = '0a1b2c3d-0000-4000-8000-000000000002';

/** Another member of the organization, who owns the shared asset. */
export const COLLEAGUE_ID = '0a1b2c3d-0000-4000-8000-000000000003';

/** The API key of the colleague. */
export const COLLEAGUE_KEY = 'colleague-key';

/** Whether a user can see an asset or a project: their own, and what others share. */
export const canSee = (
	userId: string,
	ownerId: string,
	visibility: 'USER' | 'ORGANIZATION',
): boolean => ownerId === userId || visibility === 'ORGANIZATION';
