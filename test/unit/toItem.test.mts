import { renameFields, toItem } from '../../nodes/shared/items/toItem.ts';
import { hasId } from '../../nodes/shared/transport/pages.ts';

test.each([
	[{ id: 'a' }, true],
	[{ id: '' }, false],
	[{ id: '\ud800' }, false],
	[{ id: 7 }, false],
	[{ id: null }, false],
	[{}, false],
	[['a'], false],
	['a', false],
	[null, false],
	[undefined, false],
])('hasId(%j) is %s', (body, expected) => {
	expect(hasId(body)).toBe(expected);
});

describe('an item', () => {
	test('has the documented fields in their order, then the others', () => {
		const item = toItem({ z: 1, name: 'x', a: 2, id: 'i' }, ['id', 'name']);
		expect(Object.entries(item)).toEqual([
			['id', 'i'],
			['name', 'x'],
			['z', 1],
			['a', 2],
		]);
	});

	test('has null for missing and undefined fields, and keeps 0, false and empty text', () => {
		const thing = { b: undefined, c: 0, d: false, e: '' };
		expect(toItem(thing, ['a', 'b', 'c', 'd', 'e'])).toStrictEqual({
			a: null,
			b: null,
			c: 0,
			d: false,
			e: '',
		});
	});

	test('does not have the omitted fields', () => {
		expect(toItem({ id: 'i', found: 1, more: 2 }, ['id'], ['found'])).toEqual({ id: 'i', more: 2 });
	});
});

describe('renamed fields', () => {
	const NAMES = { created_at: 'createdAt' };

	test('get their documented names', () => {
		expect(renameFields({ id: 'i', created_at: 1 }, NAMES)).toEqual({ id: 'i', createdAt: 1 });
	});

	test.each([
		[{ created_at: 1, createdAt: 2 }, { createdAt: 2 }],
		[{ created_at: 1, createdAt: null }, { createdAt: 1 }],
		[{ createdAt: 2 }, { createdAt: 2 }],
	])('do not replace a documented one: %j', (given, expected) => {
		expect(renameFields(given, NAMES)).toEqual(expected);
	});
});
