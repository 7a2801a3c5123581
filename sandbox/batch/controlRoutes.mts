import type { FastifyInstance } from 'fastify';

import type { Ending } from '../generation/outcomes.mts';
import { hasEnded } from '../generation/store.mts';
import { requireBatch } from './checks.mts';
import type { BatchState } from './state.mts';

interface BatchRoute {
	Params: { id: string };
	Body: Ending;
}

/** Adds the route that `SandboxClient` uses to end batches. */
export function addBatchControlRoutes(app: FastifyInstance, state: BatchState): void {
	const { batches, generations } = state;
	app.post<BatchRoute>('/batches/:id/end', ({ params, body }, reply) => {
		const batch = requireBatch(params.id, state);
		batches.ensureGenerations(batch);
		for (const stored of batch.generations.filter((one) => !hasEnded(one))) {
			generations.end(stored, { ...stored.outcome, ...body });
		}
		void reply.code(204).send();
	});
}
