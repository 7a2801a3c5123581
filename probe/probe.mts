import type { ApiClient } from '../api/client.mts';
import { readContract } from '../sandbox/core/contract.mts';
import { type Fact, FACTS } from './facts.mts';
import { assertUsable, ProbeSession } from './session.mts';

/** What the probe found out about a fact. */
export interface Finding {
	question: string;
	assumed: string;
	real: string;
	/**
	 * `handled`: it differs, and the nodes cope with it. `unknown`: this account can't tell. `failed`: a request had no
	 * response, or one that can't be read.
	 */
	verdict: 'same' | 'differs' | 'handled' | 'unknown' | 'failed';
}

/** The result of a probe. */
export interface ProbeResult {
	findings: Finding[];
	/** How successful responses differ from the contract. */
	violations: string[];
}

/**
 * Compares a Sync API with our assumptions.
 *
 * @param report called with each finding as soon as it is there
 * @throws Error in the words of the nodes if the API can't be used
 */
export async function probe(
	client: ApiClient,
	report: (finding: Finding) => void = () => {},
): Promise<ProbeResult> {
	const session = new ProbeSession(client, readContract());
	assertUsable(await session.get('listModels', '/v2/models'));
	const findings: Finding[] = [];
	for (const fact of FACTS) {
		const finding = await examine(fact, session);
		findings.push(finding);
		report(finding);
	}
	return { findings, violations: [...session.violations].sort() };
}

/** Finds out about one fact, whatever the API responds. */
async function examine(fact: Fact, session: ProbeSession): Promise<Finding> {
	const { question, assumed, observe, isAssumed, isHandled } = fact;
	const finding = { question, assumed };
	try {
		const real = await observe(session);
		if (real === undefined) {
			return { ...finding, real: "can't be determined with this account", verdict: 'unknown' };
		}
		const difference = isHandled ? 'handled' : 'differs';
		const isSame = isAssumed ? isAssumed(real) : real === assumed;
		return { ...finding, real, verdict: isSame ? 'same' : difference };
	} catch (error) {
		return { ...finding, real: `failed: ${(error as Error).message}`, verdict: 'failed' };
	}
}
