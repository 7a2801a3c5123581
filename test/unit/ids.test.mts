import { checkId, isUuid } from '../../nodes/shared/transport/ids.ts';
import { RESERVED_ASSET_IDS } from '../../nodes/SyncAsset/asset/fields.ts';

const check = (value: unknown) => checkId(value, 'asset', RESERVED_ASSET_IDS);
const getRejection = (value: unknown) => {
	const checked = check(value);
	return checked.ok ? `accepted as ${checked.id}` : checked.failure.message;
};

test.each([
	['a UUID', '550e8400-e29b-41d4-a716-446655440000'],
	['an upper-case UUID', '550E8400-E29B-41D4-A716-446655440000'],
	['256 characters', 'a'.repeat(256)],
	['a slash', 'a/b'],
	['a parent folder', '../generate'],
	['a query', 'a?x=1'],
	['a fragment', 'a#b'],
	['an encoded dot segment', '%2e%2e'],
	['an encoded slash', 'a%2Fb'],
	['a backslash', '..\\generate'],
	['three dots', '...'],
	['an emoji', '🎬'],
	['letters of another script', '音声ファイル'],
	['a word that starts like a route', 'batches'],
])('accepts %s', (_what, id) => {
	expect(check(id)).toEqual({ ok: true, id });
});

test.each(['  550e8400\n', '\t550e8400', ' 550e8400', '\ufeff550e8400'])('trims %j', (typed) => {
	expect(check(typed)).toEqual({ ok: true, id: '550e8400' });
});

test.each([[''], ['   '], ['\n\t'], [null], [undefined]])('reports %j as empty', (value) => {
	expect(getRejection(value)).toBe('The asset ID is empty');
});

test.each([
	["the field that is named like the ID's resource", undefined, "'Asset'"],
	['another field', 'Audio Asset', "'Audio Asset'"],
])('the hint for an empty ID names %s', (_what, label, name) => {
	const checked = checkId('', 'asset', [], label);
	expect(checked.ok ? undefined : checked.failure.hint).toContain(`in ${name}`);
});

test.each([
	[42, 'number'],
	[Number.NaN, 'number'],
	[true, 'boolean'],
	[{ id: 'a' }, 'object'],
	[['a'], 'array'],
	[[], 'array'],
])('reports the type of %j', (value, type) => {
	expect(getRejection(value)).toBe(`The asset ID is not text, but of type ${type}`);
});

test.each([
	['a dot', '.'],
	['two dots', '..'],
	['two dots with spaces', ' .. '],
	['a sibling route', 'batch'],
	['a sibling route in upper case', 'COUNT'],
	['a sibling route with spaces', ' upload '],
	['the last sibling route', 'uploaded'],
	['a space inside', 'a b'],
	['a line break inside', 'a\nb'],
	['a line separator inside', 'a\u2028b'],
	['a zero byte', 'a\u0000b'],
	['a delete character', 'a\u007f'],
	['a control character of the second set', 'a\u0085b'],
	['257 characters', 'a'.repeat(257)],
	['the first half of a surrogate pair', 'a\ud83d'],
	['the second half of a surrogate pair', '\udfac'],
])('rejects %s', (_what, value) => {
	expect(getRejection(value)).toMatch(/is not an ID of an asset$/);
});

test('truncates a long ID and shows no control characters', () => {
	expect(getRejection(`\u0000${'a'.repeat(300)}`)).toBe(
		`“\ufffd${'a'.repeat(39)}…” is not an ID of an asset`,
	);
});

test('names the kind of ID', () => {
	expect(checkId('.', 'project', [])).toMatchObject({
		failure: { message: '“.” is not an ID of a project' },
	});
});

test('a rejection has status 0 and says what to do', () => {
	const failure = { statusCode: 0, errorCode: null, requestId: null };
	expect(check('')).toMatchObject({
		ok: false,
		failure: {
			...failure,
			hint: expect.stringMatching(/select the asset from the list\.$/) as string,
		},
	});
});

test.each([
	['550e8400-e29b-41d4-a716-446655440000', true],
	['550E8400-E29B-41D4-A716-446655440000', true],
	['550e8400e29b41d4a716446655440000', false],
	['550e8400-e29b-41d4-a716-44665544000g', false],
	['550e8400-e29b-41d4-a716-446655440000x', false],
	['x550e8400-e29b-41d4-a716-446655440000', false],
	['550e8400-e29b-41d4-a716-446655440000\n', false],
])('isUuid(%j) is %s', (id, expected) => {
	expect(isUuid(id)).toBe(expected);
});
