/** A member of the organization, identified by an API key. */
export interface Caller {
	/** The API key. */
	key: string;
	userId: string;
}

/** The user who owns the sample data, apart from the shared asset. */
export const OWNER_ID = '0a1b2c3d-0000-4000-8000-000000000002';

/** Another member of the organization, who owns the shared asset. */
export const COLLEAGUE_ID = '0a1b2c3d-0000-4000-8000-000000000003';

/** The API key of the colleague. */
export const COLLEAGUE_KEY = 'colleague-key';
