import type { FastifyInstance } from 'fastify';

import type { Fault } from './faults.mts';
import type { RequestRecord } from './requestLog.mts';
import type { RuleList } from './ruleList.mts';
import type { Settings } from './settings.mts';
import type { Webhooks } from './webhooks.mts';

/** What these routes need from the state of the sandbox. */
interface ControlContext {
	record: RequestRecord;
	faults: RuleList<Fault>;
	webhooks: Webhooks;
	configure: (settings: Partial<Settings>) => void;
	reset: () => Promise<void>;
}

/** Adds the routes with which `SandboxClient` controls requests, faults, settings and webhooks. */
export function addControl(app: FastifyInstance, context: ControlContext): void {
	const { record, faults, webhooks } = context;
	app.get('/requests', () => record.requests);
	app.get('/totals', () => record.totals);
	app.get<{ Querystring: { count: string } }>('/wait', async ({ query }, reply) => {
		await record.waitForCount(Number(query.count));
		return await reply.code(204).send();
	});
	app.post<{ Body: Fault }>('/faults', ({ body }, reply) => {
		faults.add(body);
		void reply.code(204).send();
	});
	app.delete('/faults', (_request, reply) => {
		faults.clear();
		void reply.code(204).send();
	});
	app.patch<{ Body: Partial<Settings> }>('/settings', ({ body }, reply) => {
		context.configure(body);
		void reply.code(204).send();
	});
	app.get('/deliveries', () => webhooks.deliveries);
	app.get<{ Querystring: { count: string } }>('/deliveries/wait', async ({ query }, reply) => {
		await webhooks.waitForCount(Number(query.count));
		return await reply.code(204).send();
	});
	app.post('/reset', async (_request, reply) => {
		await context.reset();
		return await reply.code(204).send();
	});
}
