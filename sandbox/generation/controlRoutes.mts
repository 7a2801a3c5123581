import type { FastifyInstance } from 'fastify';

import type { SignatureOptions } from '../core/webhooks.mts';
import { requireGeneration } from './checks.mts';
import type { Ending, Outcome } from './outcomes.mts';
import { serializeWebhook } from './serializers.mts';
import type { GenerationState } from './state.mts';

interface GenerationRoute {
	Params: { id: string };
}

/** Adds the routes that `SandboxClient` uses to control generations and their webhooks. */
export function addGenerationControlRoutes(app: FastifyInstance, state: GenerationState): void {
	const { generations, outcomes, webhooks } = state;

	app.get('/generations', () => generations.totals);
	app.post<{ Body: Outcome }>('/outcomes', ({ body }, reply) => {
		outcomes.add(body);
		void reply.code(204).send();
	});
	app.post<GenerationRoute & { Body: Ending }>(
		'/generations/:id/end',
		({ params, body }, reply) => {
			const stored = requireGeneration(params.id, state);
			generations.end(stored, { ...stored.outcome, ...body });
			void reply.code(204).send();
		},
	);
	app.post<GenerationRoute>('/generations/:id/hold', ({ params }, reply) => {
		generations.hold(requireGeneration(params.id, state));
		void reply.code(204).send();
	});
	app.post<GenerationRoute & { Body: SignatureOptions }>(
		'/generations/:id/send-webhook',
		async ({ params, body }) => {
			const stored = requireGeneration(params.id, state);
			const { id, webhookUrl } = stored.generation;
			if (!webhookUrl) throw new Error(`Generation ${id} has no webhookUrl`);
			return await webhooks.send(webhookUrl, serializeWebhook(stored, state), body);
		},
	);
}
