import type { Fault } from '../../sandbox/core/faults.mts';
import type { Settings } from '../../sandbox/core/settings.mts';
import { urlExpired } from '../../sandbox/storage/errors.mts';
import { RESPONSES } from '../unit/responses.mts';

/** What goes wrong while an operation runs. */
export interface Situation {
	/** The heading of its column. */
	name: string;
	/** What exactly happens, for the page. */
	description: string;
	/**
	 * Faults of the sandbox, for every request that matches. `{elsewhere}` in a header is the URL of another server.
	 */
	faults?: Fault[];
	/** Faults for the first requests; for an operation that creates something, for those that create it. */
	firstFaults?: Fault[];
	settings?: Partial<Settings>;
	/** Replaces the base URL in the credential. */
	baseUrl?: string;
	/** Whether every response arrives in small pieces. */
	trickles?: boolean;
	/** The value of Timeout (Seconds). Default: 30. */
	timeout?: number;
	/** Whether the execution is stopped once the request with the fault has arrived, and run again under its ID or not. */
	stop?: 'for good' | 'and run again';
}

const RATE_LIMIT: Fault = {
	...RESPONSES.rateLimited,
	kind: 'status',
	headers: { 'retry-after': '1' },
};
const EXPIRED: Fault = { kind: 'status', status: 403, body: urlExpired().toXml('1'), times: 1 };
const UNAVAILABLE: Fault = { ...RESPONSES.unavailable, kind: 'status' };

/** Nothing goes wrong. */
export const NO_FAULTS: Situation = { name: 'no faults', description: 'nothing goes wrong' };

/** Every situation, in the order of the columns. */
export const SITUATIONS: Situation[] = [
	{
		name: '429 storm',
		description: 'the first 3 requests get 429 with `Retry-After: 1`',
		firstFaults: [{ ...RATE_LIMIT, times: 3 }],
	},
	{
		name: '503 storm',
		description: 'the first 3 requests get 503 with an HTML page',
		firstFaults: [{ ...UNAVAILABLE, times: 3 }],
	},
	{
		name: 'broken connections',
		description:
			'the first request and every fifth one after it lose their connection: in turn before and after sync.so acts',
		firstFaults: Array.from({ length: 8 }, (_, index) => ({
			kind: 'reset' as const,
			// A rule counts only the requests that earlier rules left.
			skip: index === 0 ? 0 : index * 4,
			times: 1,
			after: index % 2 === 1,
		})),
	},
	{
		name: 'slow',
		description: 'every response takes a second longer',
		settings: { latencyMs: 1000 },
	},
	{
		name: 'trickling',
		description: 'every response arrives in pieces of 40 bytes',
		trickles: true,
	},
	{
		name: 'stalled',
		description: 'sync.so acts on the first request, but never responds; Timeout is 1 s',
		firstFaults: [{ kind: 'hang', after: true, times: 1 }],
		timeout: 1,
	},
	{
		name: 'HTML errors',
		description: 'a firewall answers every request with 403 and an HTML page',
		faults: [{ ...RESPONSES.firewall, kind: 'status' }],
	},
	{
		name: 'truncated',
		description: 'sync.so acts on the first request, but the response breaks off in the middle',
		firstFaults: [{ kind: 'cut', after: true, times: 1 }],
	},
	{
		name: 'DNS failure',
		description: "the host of the base URL doesn't exist",
		baseUrl: 'https://sync.invalid',
	},
	{
		name: 'expired URL',
		description: 'the first request to the file storage gets 403, as for an expired URL',
		faults: [
			{ ...EXPIRED, match: { operationId: 'PutObject' } },
			{ ...EXPIRED, match: { operationId: 'GetObject' } },
		],
	},
	{
		name: 'redirect',
		description: 'every request to the API is redirected to another host',
		faults: [{ kind: 'status', status: 302, headers: { location: '{elsewhere}/v2/assets' } }],
	},
	{
		name: 'Stop',
		description: 'the execution is stopped while sync.so handles the first request',
		firstFaults: [{ kind: 'hang', after: true }],
		stop: 'for good',
	},
	{
		name: 'n8n restarts',
		description:
			'the execution ends while sync.so handles the first request, and n8n runs it again under its ID',
		firstFaults: [{ kind: 'hang', after: true, times: 1 }],
		stop: 'and run again',
	},
];
