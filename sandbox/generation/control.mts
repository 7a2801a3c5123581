import type { FastifyInstance } from 'fastify';

import type { Job } from './store.mts';
import { deliver } from './views.mts';
import type { Ending, Outcome } from './outcomes.mts';
import type { State } from '../state.mts';
import type { Forgery } from '../core/webhooks.mts';

interface OfOne {
	Params: { id: string };
}

/** Adds the addresses at which `SandboxClient` steers generations and their webhooks. */
export function addGenerationControl(app: FastifyInstance, state: State): void {
	const find = (id: string): Job => {
		const job = state.generations.get(id);
		if (!job) throw new Error(`There is no generation ${id}`);
		return job;
	};

	app.get('/generations', () => state.generations.totals);
	app.post<{ Body: Outcome }>('/outcomes', ({ body }, reply) => {
		state.outcomes.add(body);
		void reply.code(204).send();
	});
	app.post<OfOne & { Body: Ending }>('/generations/:id/end', ({ params, body }, reply) => {
		const job = find(params.id);
		state.generations.end(job, { ...job.plan, ...body });
		void reply.code(204).send();
	});
	app.post<OfOne>('/generations/:id/hold', ({ params }, reply) => {
		state.generations.hold(find(params.id));
		void reply.code(204).send();
	});
	app.post<OfOne & { Body: Forgery }>(
		'/generations/:id/deliver',
		async ({ params, body }) => await deliver(find(params.id), state, body),
	);
	app.get('/deliveries', () => state.webhooks.deliveries);
	app.get<{ Querystring: { count: string } }>('/deliveries/wait', async ({ query }, reply) => {
		await state.webhooks.reaches(Number(query.count));
		return await reply.code(204).send();
	});
}
