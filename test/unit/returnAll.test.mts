import type { IExecutePaginationFunctions, INode } from 'n8n-workflow';
import { ItemContext } from '../../nodes/shared/transport/itemContext.ts';
import { readLimit } from '../../nodes/shared/fields/returnAll.ts';
import { Run } from '../../nodes/shared/transport/run.ts';
import { FakeRun } from './runContext.mts';

const limitWith = (parameters: object): number | undefined => {
	const context = new FakeRun(parameters as INode['parameters']).item();
	const request = { method: 'GET', url: '/v2/assets' } as const;
	return readLimit(
		new ItemContext(context as IExecutePaginationFunctions, request, new Run(context)),
	);
};

test.each([
	['Return All', { returnAll: true, limit: 7 }, undefined],
	['Return All as text, as a variable of n8n is', { returnAll: 'true', limit: 7 }, undefined],
	['a limit', { returnAll: false, limit: 7 }, 7],
	['an untouched node', {}, 50],
	['a limit as text', { limit: '7' }, 7],
])('%s', (_what, parameters, limit) => {
	expect(limitWith(parameters)).toBe(limit);
});

test.each([
	['Limit', [null, '', 'many', 7.9, 0, -3, Infinity]],
	['Return All', [null, '', 'all', 1, {}]],
])('%s that says nothing is an error', (label, values) => {
	const name = label === 'Limit' ? 'limit' : 'returnAll';
	for (const value of values) {
		expect(() => limitWith({ [name]: value })).toThrow(`'${label}'`);
	}
});
