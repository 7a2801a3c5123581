import type { IDataObject, INode } from 'n8n-workflow';

import { Run } from '../../nodes/shared/transport/run.ts';
import { FakeRun } from './fakeRun.mts';

const locator = (value: string) => ({ __rl: true, mode: 'id', value });

/** Reads the parameter `assetId` for each item of one run. */
function read(assetId: unknown, items: IDataObject[]) {
	const fake = new FakeRun({ assetId } as INode['parameters']);
	const run = new Run(fake.createContext());
	fake.evaluated.length = 0;
	const values = items.map((json) => run.parameter(fake.createContext(json), 'assetId'));
	return { values, evaluated: fake.evaluated.length };
}

describe('an expression that only names a field of the item is not evaluated by n8n', () => {
	test.each([
		['={{ $json.id }}', { id: 'a1' }, 'a1'],
		['={{$json.id}}', { id: 'a1' }, 'a1'],
		['={{  $json.id\n}}', { id: 'a1' }, 'a1'],
		['={{ $json.asset.ref.id }}', { asset: { ref: { id: 'a1' } } }, 'a1'],
		['={{ $json._asset_id2 }}', { _asset_id2: 'a1' }, 'a1'],
		['={{ $json.id }}', { id: 7 }, 7],
		['={{ $json.id }}', { id: 0 }, 0],
		['={{ $json.id }}', { id: '' }, ''],
		['={{ $json.id }}', { id: false }, false],
		['={{ $json.id }}', { id: null }, null],
		['={{ $json.id }}', { id: { nested: 1 } }, { nested: 1 }],
	])('%s of %j', (expression, json, value) => {
		expect(read(expression, [json as IDataObject])).toEqual({ values: [value], evaluated: 0 });
	});

	test('in a resource locator', () => {
		const { values, evaluated } = read(locator('={{ $json.id }}'), [{ id: 'a1' }, { id: 'b2' }]);
		expect(values).toEqual(['a1', 'b2']);
		expect(evaluated).toBe(0);
	});
});

describe('n8n evaluates, for each item', () => {
	test.each([
		'={{ $json["id"] }}',
		"={{ $json['id'] }}",
		'={{ $json.list[0] }}',
		'={{ $json.id.trim() }}',
		'={{ $json.id ?? "" }}',
		'={{ $json?.id }}',
		'={{ $json.id }}/x',
		'=x{{ $json.id }}',
		'={{ $json }}',
		'={{ $json.id-1 }}',
		'={{ $input.item.json.id }}',
		'={{ $jsonp.id }}',
	])('%s', (expression) => {
		const items = [{ id: 'a1', list: ['a1'] }, { id: 'b2' }];
		expect(read(expression, items)).toEqual({ values: ['evaluated', 'evaluated'], evaluated: 2 });
	});

	test('an expression in a resource locator', () => {
		expect(read(locator('={{ $json.id.trim() }}'), [{ id: 'a1' }, { id: 'b2' }]).evaluated).toBe(2);
	});

	test.each([
		['a field that the item does not have', '={{ $json.id }}', {}],
		['a field below one that the item does not have', '={{ $json.asset.id }}', {}],
		['a field below null', '={{ $json.asset.id }}', { asset: null }],
		['a field below text', '={{ $json.asset.length }}', { asset: 'a1' }],
		['a field that is undefined', '={{ $json.id }}', { id: undefined }],
	])('%s', (_what, expression, json) => {
		expect(read(expression, [json as IDataObject])).toEqual({
			values: ['evaluated'],
			evaluated: 1,
		});
	});

	test.each(
		['constructor', '__proto__', 'toString', 'hasOwnProperty'].flatMap((name) => [
			`={{ $json.${name} }}`,
			`={{ $json.asset.${name}.name }}`,
		]),
	)('%s, which objects inherit', (expression) => {
		expect(read(expression, [{ asset: {} }])).toEqual({ values: ['evaluated'], evaluated: 1 });
	});
});

describe('a fixed value is evaluated once for all items', () => {
	test.each([
		['text', 'a1', 'a1'],
		['the value of a resource locator', locator('a1'), 'a1'],
		['text with braces but no equals sign', '{{ $json.id }}', '{{ $json.id }}'],
		['false', false, false],
	])('%s', (_what, stored, value) => {
		expect(read(stored, [{}, {}, {}])).toEqual({ values: [value, value, value], evaluated: 1 });
	});

	test('a parameter that the operation does not have is not evaluated, because n8n would throw', () => {
		const fake = new FakeRun();
		const run = new Run(fake.createContext());
		fake.evaluated.length = 0;
		const values = [1, 2].map(() => run.parameter(fake.createContext(), 'ifMissing', 'error'));
		expect({ values, evaluated: fake.evaluated }).toEqual({
			values: ['error', 'error'],
			evaluated: [],
		});
	});

	test('different parameters keep their own values', () => {
		const fake = new FakeRun({ one: '1', two: '2' });
		const run = new Run(fake.createContext());
		const values = ['one', 'two', 'one'].map((name) => run.parameter(fake.createContext(), name));
		expect(values).toEqual(['1', '2', '1']);
	});
});
