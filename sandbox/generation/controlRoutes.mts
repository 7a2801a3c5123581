import type { FastifyInstance } from 'fastify';

import type { SignatureOptions } from '../core/webhooks.mts';
import type { GenerationContext } from './state.mts';
import type { Ending, Outcome } from './outcomes.mts';
import type { StoredGeneration } from './store.mts';
import { deliver } from './webhooks.mts';

interface GenerationRoute {
	Params: { id: string };
}

/** Adds the routes with which `SandboxClient` controls generations and their webhooks. */
export function addGenerationControl(app: FastifyInstance, context: GenerationContext): void {
	const { generations, outcomes } = context;
	const find = (id: string): StoredGeneration => {
		const stored = generations.get(id);
		if (!stored) throw new Error(`Generation ${id} does not exist`);
		return stored;
	};

	app.get('/generations', () => generations.totals);
	app.post<{ Body: Outcome }>('/outcomes', ({ body }, reply) => {
		outcomes.add(body);
		void reply.code(204).send();
	});
	app.post<GenerationRoute & { Body: Ending }>(
		'/generations/:id/end',
		({ params, body }, reply) => {
			const stored = find(params.id);
			generations.end(stored, { ...stored.plan, ...body });
			void reply.code(204).send();
		},
	);
	app.post<GenerationRoute>('/generations/:id/hold', ({ params }, reply) => {
		generations.hold(find(params.id));
		void reply.code(204).send();
	});
	app.post<GenerationRoute & { Body: SignatureOptions }>(
		'/generations/:id/deliver',
		async ({ params, body }) => await deliver(find(params.id), context, body),
	);
}
