import type { INode } from 'n8n-workflow';

import { readLimit } from '../../nodes/shared/fields/returnAll.ts';
import { FakeRun } from './fakeRun.mts';

const readLimitFrom = (parameters: object): number | undefined => {
	const run = new FakeRun(parameters as INode['parameters']);
	return readLimit(run.createItemContext({ method: 'GET', url: '/v2/assets' }));
};

test.each([
	['Return All', { returnAll: true, limit: 7 }, undefined],
	['Return All as text, like a variable of n8n', { returnAll: 'true', limit: 7 }, undefined],
	['a limit', { returnAll: false, limit: 7 }, 7],
	['the default', {}, 50],
	['a limit as text', { limit: '7' }, 7],
])('reads %s', (_what, parameters, limit) => {
	expect(readLimitFrom(parameters)).toBe(limit);
});

test.each([
	['Limit', [null, '', 'many', 7.9, 0, -3, Infinity]],
	['Return All', [null, '', 'all', 1, {}]],
])('an invalid %s is an error', (label, values) => {
	const name = label === 'Limit' ? 'limit' : 'returnAll';
	for (const value of values) {
		expect(() => readLimitFrom({ [name]: value })).toThrow(`'${label}'`);
	}
});
