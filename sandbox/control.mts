import type { FastifyInstance } from 'fastify';

import type { Fault } from './faults.mts';
import type { Settings, State } from './state.mts';

/** Adds the addresses that `SandboxClient` uses. */
export function addControl(app: FastifyInstance, state: State): void {
	app.get('/requests', () => state.record.requests);
	app.get('/totals', () => state.record.totals);
	app.get<{ Querystring: { count: string } }>('/wait', async ({ query }, reply) => {
		await state.record.reaches(Number(query.count));
		return await reply.code(204).send();
	});
	app.post<{ Body: Fault }>('/faults', ({ body }, reply) => {
		state.faults.add(body);
		void reply.code(204).send();
	});
	app.delete('/faults', (_request, reply) => {
		state.faults.clear();
		void reply.code(204).send();
	});
	app.patch<{ Body: Partial<Settings> }>('/settings', ({ body }, reply) => {
		state.configure(body);
		void reply.code(204).send();
	});
	app.post<{ Body: { count: number } }>('/assets', ({ body }, reply) => {
		state.assets.seed(body.count);
		void reply.code(204).send();
	});
	app.post('/reset', (_request, reply) => {
		state.reset();
		void reply.code(204).send();
	});
}
