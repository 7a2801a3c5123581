import { didRun, type Execution, getItems, getNodeError } from '../n8n/execution.mts';
import type { Creation } from './account.mts';

/** What a failed item or run says about generations. It created all of them. */
interface FailureData {
	generationId?: string;
	created?: Array<{ generationId?: string }>;
}

/** Returns what a node created: the items of its output with an ID, except for assets that existed already. */
export const createdBy = (
	execution: Execution,
	node: string,
	kind: Creation['kind'],
): Creation[] =>
	didRun(execution, node)
		? getItems(execution, node).flatMap(({ json: { id, reused } }) =>
				typeof id === 'string' && reused !== true ? { kind, id } : [],
			)
		: [];

/** Returns the generations that a node created, also those that only its errors name. */
export function createdGenerations(execution: Execution, node = 'Create Video'): Creation[] {
	if (!didRun(execution, node)) return [];
	const failures = [
		getNodeError(execution, node)?.context?.data,
		...getItems(execution, node, 1).map(({ json }) => json.error),
	] as Array<FailureData | undefined>;
	const failed = failures
		.flatMap((failure) => [failure, ...(failure?.created ?? [])])
		.flatMap((failure) => failure?.generationId ?? []);
	return [
		...createdBy(execution, node, 'generation'),
		...[...new Set(failed)].map((id) => ({ kind: 'generation', id }) as const),
	];
}
