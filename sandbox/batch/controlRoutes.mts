import type { FastifyInstance } from 'fastify';

import type { Ending } from '../generation/outcomes.mts';
import { hasEnded } from '../generation/store.mts';
import type { BatchContext } from './state.mts';

interface BatchRoute {
	Params: { id: string };
	Body: Ending;
}

/** Adds the route with which `SandboxClient` ends batches. */
export function addBatchControl(
	app: FastifyInstance,
	{ batches, generations }: BatchContext,
): void {
	app.post<BatchRoute>('/batches/:id/end', ({ params, body }, reply) => {
		const batch = batches.get(params.id);
		if (!batch) throw new Error(`Batch ${params.id} does not exist`);
		batches.start(batch);
		for (const stored of batch.generations.filter((one) => !hasEnded(one))) {
			generations.end(stored, { ...stored.plan, ...body });
		}
		void reply.code(204).send();
	});
}
