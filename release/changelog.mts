/** The heading of the changes that are not released yet. */
const UNRELEASED = '## [Unreleased]';

/** A released version in the changelog. */
export interface ReleaseSection {
	/** ISO date of the release. Null if the heading has none. */
	date: string | null;
	/** The Markdown below the heading. */
	notes: string;
}

/** Splits a changelog before each heading of a version. */
const splitSections = (changelog: string): string[] => changelog.split(/^(?=## \[)/m);

const getNotes = (section: string): string => section.split('\n').slice(1).join('\n').trim();

/** Finds the section of a version, e.g. `0.1.0`. Undefined if there is none. */
export function findRelease(changelog: string, version: string): ReleaseSection | undefined {
	const heading = `## [${version}]`;
	const section = splitSections(changelog).find((one) => one.startsWith(heading));
	if (section === undefined) return undefined;
	const [, date = null] = /^ - (\d{4}-\d{2}-\d{2})$/m.exec(section.slice(heading.length)) ?? [];
	return { date, notes: getNotes(section) };
}

/** Gets the changes that are not released yet. Empty if there are none. */
export const getUnreleased = (changelog: string): string =>
	getNotes(splitSections(changelog).find((one) => one.startsWith(UNRELEASED)) ?? '');

/**
 * Moves the unreleased changes to a section of their own.
 *
 * @param date ISO date of the release
 * @throws Error if there are no unreleased changes, or the version has a section already
 */
export function addRelease(changelog: string, version: string, date: string): string {
	if (findRelease(changelog, version)) throw new Error(`CHANGELOG.md already lists ${version}`);
	if (getUnreleased(changelog) === '') throw new Error('CHANGELOG.md has no unreleased changes');
	return changelog.replace(UNRELEASED, `${UNRELEASED}\n\n## [${version}] - ${date}`);
}
