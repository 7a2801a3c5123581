import { addRelease, findRelease, getUnreleased } from '../../release/changelog.mts';

const CHANGELOG = `# Changelog

## [Unreleased]

### Added

- A new operation.

## [1.10.0] - 2026-12-01

### Fixed

- A bug.

## [1.1.0]

- The first version.
`;

test('a release has the date and the notes below its heading', () => {
	expect(findRelease(CHANGELOG, '1.10.0')).toEqual({
		date: '2026-12-01',
		notes: '### Fixed\n\n- A bug.',
	});
});

test('a release without a date has none', () => {
	expect(findRelease(CHANGELOG, '1.1.0')).toEqual({ date: null, notes: '- The first version.' });
});

test('a version that only starts like a release is not found', () => {
	expect(findRelease(CHANGELOG, '1.1')).toBeUndefined();
});

test('preparing a release moves the unreleased changes to a section with the date', () => {
	const changed = addRelease(CHANGELOG, '2.0.0', '2027-01-31');
	expect(findRelease(changed, '2.0.0')).toEqual({
		date: '2027-01-31',
		notes: '### Added\n\n- A new operation.',
	});
	expect(getUnreleased(changed)).toBe('');
	expect(findRelease(changed, '1.10.0')).toEqual(findRelease(CHANGELOG, '1.10.0'));
});

test('a version is not released twice', () => {
	expect(() => addRelease(CHANGELOG, '1.10.0', '2027-01-31')).toThrow(/already lists 1\.10\.0/);
});

test('a release needs changes', () => {
	const changed = addRelease(CHANGELOG, '2.0.0', '2027-01-31');
	expect(() => addRelease(changed, '2.0.1', '2027-02-01')).toThrow(/no unreleased changes/);
});

test.each(['v2.0.0', 'minor', '2.0', '2.0.0-beta.1'])(
	'%s is not a version to release',
	(version) => {
		expect(() => addRelease(CHANGELOG, version, '2027-01-31')).toThrow(/like 1\.2\.3, not/);
	},
);
