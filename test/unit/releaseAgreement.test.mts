import { findDisagreements, type ReleaseFacts, type TagFacts } from '../../release/agreement.mts';

const RELEASED = '## [Unreleased]\n\n## [1.2.0] - 2026-12-01\n\n- A change.\n';

const TAG: TagFacts = {
	name: 'v1.2.0',
	head: 'c0ffee',
	commit: 'c0ffee',
	isOnMain: true,
	changedFiles: [],
};

const AGREEING: ReleaseFacts = {
	version: '1.2.0',
	lockVersions: ['1.2.0', '1.2.0'],
	changelog: RELEASED,
	tag: TAG,
};

test('a release can be made if tag, version, changelog and commit agree', () => {
	expect(findDisagreements(AGREEING)).toEqual([]);
});

test('a tag can be checked before it exists', () => {
	expect(findDisagreements({ ...AGREEING, tag: { ...TAG, commit: undefined } })).toEqual([]);
});

test('without a tag, the changes may be unreleased', () => {
	const changelog = '## [Unreleased]\n\n- A change.\n';
	expect(findDisagreements({ ...AGREEING, changelog, tag: undefined })).toEqual([]);
});

test.each<[string, Partial<ReleaseFacts>, RegExp]>([
	[
		'the tag is of another version',
		{ tag: { ...TAG, name: 'v1.3.0' } },
		/^The tag is v1\.3\.0, but package\.json has version 1\.2\.0$/,
	],
	['the tag has no v', { tag: { ...TAG, name: '1.2.0' } }, /tag is 1\.2\.0/],
	['the tag is on another commit', { tag: { ...TAG, commit: 'decade' } }, /on commit decade/],
	['the commit is not on main', { tag: { ...TAG, isOnMain: false } }, /not on the main branch/],
	['files are not committed', { tag: { ...TAG, changedFiles: ['README.md'] } }, /README\.md/],
	['the lock file has another version', { lockVersions: ['1.2.0', '1.1.0'] }, /lock.*1\.1\.0/],
	['the version is a prerelease', { version: '1.2.0-beta.1', tag: undefined }, /1\.2\.0-beta\.1/],
	['the changelog has no date', { changelog: RELEASED.replace(/ - .*/, '') }, /no date/],
	[
		'the changelog lists no changes',
		{ changelog: RELEASED.replace('- A change.', '') },
		/no changes/,
	],
	['the changes are unreleased', { changelog: '## [Unreleased]\n\n- A change.\n' }, /no section/],
	[
		'changes were added after it was prepared',
		{ changelog: RELEASED.replace('[Unreleased]', '[Unreleased]\n\n- Another.') },
		/still lists unreleased/,
	],
	['npm has the version', { isPublished: true }, /npm has version 1\.2\.0/],
	['there is nothing to release', { changelog: '## [Unreleased]\n', tag: undefined }, /no unrel/],
])('a release is refused if %s', (_what, facts, problem) => {
	expect(findDisagreements({ ...AGREEING, ...facts }).join('\n')).toMatch(problem);
});
