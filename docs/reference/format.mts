import { format, resolveConfig } from 'prettier';

/** Formats a text with Prettier, as `npm run lint` expects it. @param filepath where it will be written */
export const formatFile = async (text: string, filepath: string): Promise<string> =>
	await format(text, { ...(await resolveConfig(filepath)), filepath });
