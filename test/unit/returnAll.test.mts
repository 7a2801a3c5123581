import type { IExecutePaginationFunctions, INode } from 'n8n-workflow';
import { Call } from '../../nodes/shared/transport/operation.ts';
import { limitOf } from '../../nodes/shared/fields/returnAll.ts';
import { FakeRun } from './runContext.mts';

const limitWith = (parameters: INode['parameters']): number | undefined => {
	const context = new FakeRun(parameters).item() as IExecutePaginationFunctions;
	return limitOf(new Call(context, { method: 'GET', url: '/v2/assets' }));
};

test.each([
	['Return All', { returnAll: true, limit: 7 }, undefined],
	['a limit', { returnAll: false, limit: 7 }, 7],
	['an untouched node', {}, 50],
	['a limit as text, from an expression', { limit: '7' }, 7],
	['a fraction', { limit: 7.9 }, 7],
	['zero', { limit: 0 }, 1],
	['a negative number', { limit: -3 }, 1],
	['a word', { limit: 'many' }, 50],
	['without end', { limit: Infinity }, 50],
])('%s', (_what, parameters, limit) => {
	expect(limitWith(parameters as INode['parameters'])).toBe(limit);
});
