import { findRelease, getUnreleased, isVersion } from './changelog.mts';

/** What must agree in a release. */
export interface ReleaseFacts {
	/** The version in package.json. */
	version: string;
	/** The versions in package-lock.json. */
	lockVersions: string[];
	/** The content of CHANGELOG.md. */
	changelog: string;
	/** Whether npm has the version already. Undefined if that is not known. */
	isPublished?: boolean;
	/** The tag to release. Undefined before there is one. */
	tag?: TagFacts;
}

/** A tag to release, and the commit that is checked out. */
export interface TagFacts {
	/** E.g. `v0.1.0`. */
	name: string;
	/** The commit that is checked out. */
	head: string;
	/** The commit of the tag, here or else in origin. Undefined if the tag does not exist yet. */
	commit?: string;
	/** Whether the commit that is checked out is on the main branch. */
	isOnMain: boolean;
	/** The files that differ from the commit. */
	changedFiles: string[];
}

/**
 * Finds out why a release can't be made. Without a tag, the changes may still be unreleased in the changelog.
 *
 * @returns one sentence for each problem
 */
export function findDisagreements({
	version,
	lockVersions,
	changelog,
	isPublished,
	tag,
}: ReleaseFacts): string[] {
	const problems: string[] = [];
	if (!isVersion(version)) problems.push(`package.json has version ${version}, not one like 1.2.3`);
	for (const lockVersion of new Set(lockVersions)) {
		if (lockVersion === version) continue;
		problems.push(`package-lock.json has version ${lockVersion}, but package.json has ${version}`);
	}
	const section = findRelease(changelog, version);
	const isPrepared = section !== undefined || tag !== undefined;
	if (isPrepared && !section) {
		problems.push(`CHANGELOG.md has no section for ${version}. Run \`npm run release:prepare\``);
	}
	if (section?.date === null) problems.push(`CHANGELOG.md has no date for ${version}`);
	if (section?.notes === '') problems.push(`CHANGELOG.md lists no changes for ${version}`);
	const unreleased = getUnreleased(changelog);
	if (!isPrepared && unreleased === '') {
		problems.push('CHANGELOG.md lists no unreleased changes');
	}
	if (tag && section && unreleased !== '') {
		problems.push(`CHANGELOG.md still lists unreleased changes. Move them to ${version}`);
	}
	if (isPublished) problems.push(`npm has version ${version} already`);
	return tag ? [...problems, ...findTagProblems(tag, version)] : problems;
}

function findTagProblems(tag: TagFacts, version: string): string[] {
	const { name, head, commit, isOnMain, changedFiles } = tag;
	const problems: string[] = [];
	if (name !== `v${version}`) {
		problems.push(`The tag is ${name}, but package.json has version ${version}`);
	}
	if (commit !== undefined && commit !== head) {
		problems.push(`The tag ${name} is on commit ${commit}, not on ${head}, which is checked out`);
	}
	if (!isOnMain) problems.push(`Commit ${head} is not on the main branch of origin`);
	if (changedFiles.length > 0) problems.push(`Not committed: ${changedFiles.join(', ')}`);
	return problems;
}
