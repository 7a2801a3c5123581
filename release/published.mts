import { runNpm } from '../n8n/npm.mts';

/** Whether npm has a version of a package. Undefined if npm can't be asked. @param folder has a package.json */
export async function findPublished(
	folder: string,
	name: string,
	version: string,
	env: NodeJS.ProcessEnv = {},
): Promise<boolean | undefined> {
	try {
		const args = ['view', `${name}@${version}`, 'version', '--prefer-online'];
		// Nothing is printed for a version that does not exist of a package that does.
		return (await runNpm(args, { cwd: folder, env })).trim() !== '';
	} catch (error) {
		return (error as Error).message.includes('E404') ? false : undefined;
	}
}
