import type { Fault } from '../../sandbox/core/faults.mts';

/** Every point at which a request that creates something can break, each with a fault of the sandbox. */
export const BREAKS: Array<[string, Partial<Fault>]> = [
	['is reset before sync.so acts', { kind: 'reset' }],
	['is reset after sync.so acted', { kind: 'reset', after: true }],
	['is cut off in the middle of the response', { kind: 'cut', after: true }],
	['gets no response, and sync.so did nothing', { kind: 'hang' }],
	['gets no response, but sync.so acted', { kind: 'hang', after: true }],
	['gets a 502 before sync.so acts', { kind: 'status', status: 502, body: '<html></html>' }],
	['gets a 504 after sync.so acted', { kind: 'status', status: 504, body: '', after: true }],
	['gets a 500 before sync.so acts', { kind: 'status', status: 500, body: '' }],
	['gets a 500 after sync.so acted', { kind: 'status', status: 500, body: '', after: true }],
];
