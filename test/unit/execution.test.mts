import { type Execution, isCrashed } from '../../n8n/execution.mts';

const build = (status: Execution['status'], runData: object) =>
	({ id: '1', status, data: { resultData: { runData } } }) as Execution;

const RAN = { Create: [{ error: { message: 'The plan is full' } }] };

test.each([
	['crashed', {}, true],
	['crashed', RAN, true],
	['error', {}, true],
	['error', RAN, false],
	['success', RAN, false],
	['success', {}, false],
] as const)(
	'an execution with status %s and the data %j: crashed is %j',
	(status, data, crashed) => {
		expect(isCrashed(build(status, data))).toBe(crashed);
	},
);
