/** A fault on demand. */
export interface Fault {
	/** Which requests it befalls: those for which all of this holds. Default: all. */
	match?: {
		method?: string;
		operationId?: string;
		pathContains?: string;
		bodyContains?: string;
	};
	/**
	 * `status`: an answer of its own · `reset`: the connection breaks before an answer · `hang`: no answer ever · `cut`:
	 * the connection breaks in the middle of the answer.
	 */
	kind: 'status' | 'reset' | 'hang' | 'cut';
	/** Of the answer; default 500. */
	status?: number;
	headers?: Record<string, string>;
	/** An object is sent as JSON, text as it is. */
	body?: string | object;
	/** Wait so long before, in ms. */
	delayMs?: number;
	/** For how many requests; default: for ever. */
	times?: number;
	/** Let so many matching requests through first. */
	skip?: number;
}

/** What a fault is matched against. */
export interface FaultTarget {
	method: string;
	path: string;
	operationId: string | null;
	body: unknown;
}

/** The faults that lie in wait. */
export class Faults {
	private faults: Fault[] = [];

	add(fault: Fault): void {
		this.faults.push({ ...fault });
	}

	clear(): void {
		this.faults = [];
	}

	/** The fault for a request, if there is one; it counts as used. */
	next(target: FaultTarget): Fault | undefined {
		for (const fault of this.faults) {
			if (!matches(fault, target) || fault.times === 0) continue;
			if (fault.skip) {
				fault.skip--;
				continue;
			}
			if (fault.times !== undefined) fault.times--;
			return fault;
		}
		return undefined;
	}
}

function matches({ match = {} }: Fault, { method, path, operationId, body }: FaultTarget): boolean {
	const { pathContains = '', bodyContains = '' } = match;
	return (
		[undefined, method].includes(match.method) &&
		[undefined, operationId].includes(match.operationId) &&
		path.includes(pathContains) &&
		(JSON.stringify(body) ?? '').includes(bodyContains)
	);
}
