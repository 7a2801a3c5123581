/** The heading of the changes that are not released yet. */
const UNRELEASED = '## [Unreleased]';

/** A version that npm publishes as the latest one, without a suffix such as `-beta.1`. */
const VERSION = /^\d+\.\d+\.\d+$/;

/** Whether a text is a version that can be released, e.g. `1.2.3`. */
export const isVersion = (text: string): boolean => VERSION.test(text);

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
 * @throws Error if the version is invalid or has a section already, or if there are no unreleased changes
 */
export function addRelease(changelog: string, version: string, date: string): string {
	if (!isVersion(version)) throw new Error(`The version must be one like 1.2.3, not ${version}`);
	if (findRelease(changelog, version)) throw new Error(`CHANGELOG.md already lists ${version}`);
	if (getUnreleased(changelog) === '') throw new Error('CHANGELOG.md has no unreleased changes');
	return changelog.replace(UNRELEASED, `${UNRELEASED}\n\n## [${version}] - ${date}`);
}
