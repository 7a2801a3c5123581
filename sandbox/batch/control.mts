import type { FastifyInstance } from 'fastify';

import { isFinal } from '../generation/store.mts';
import type { Ending } from '../generation/outcomes.mts';
import type { State } from '../state.mts';

/** Adds the address at which `SandboxClient` ends batches. */
export function addBatchControl(app: FastifyInstance, { batches, generations }: State): void {
	app.post<{ Params: { id: string }; Body: Ending }>('/batches/:id/end', (request, reply) => {
		const { params, body } = request;
		const batch = batches.get(params.id);
		if (!batch) throw new Error(`There is no batch ${params.id}`);
		batches.start(batch);
		for (const job of batch.jobs.filter((one) => !isFinal(one))) {
			generations.end(job, { ...job.plan, ...body });
		}
		void reply.code(204).send();
	});
}
