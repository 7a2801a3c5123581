import type { ApiClient } from '../api/client.mts';
import { readContract } from '../sandbox/core/contract.mts';
import { FACTS } from './facts.mts';
import { assertUsable, ProbeSession } from './session.mts';

/** What the probe found out about a fact. */
export interface Finding {
	question: string;
	assumed: string;
	real: string;
	/** `handled`: it differs, and the nodes cope with it. `unknown`: this account can't tell. */
	verdict: 'same' | 'differs' | 'handled' | 'unknown';
}

/** The result of a probe. */
export interface ProbeResult {
	findings: Finding[];
	/** How successful responses differ from the contract. */
	violations: string[];
}

/** Compares a Sync API with our assumptions. @throws Error in the words of the nodes if the API can't be used */
export async function probe(client: ApiClient): Promise<ProbeResult> {
	const session = new ProbeSession(client, readContract());
	assertUsable(await session.get('listModels', '/v2/models'));
	const findings: Finding[] = [];
	for (const { question, assumed, observe, isHandled } of FACTS) {
		const real = await observe(session);
		const difference = isHandled ? 'handled' : 'differs';
		const verdict = real === undefined ? 'unknown' : real === assumed ? 'same' : difference;
		findings.push({ question, assumed, real: real ?? 'the account has nothing to tell', verdict });
	}
	return { findings, violations: [...session.violations].sort() };
}
