import type { FastifyInstance } from 'fastify';

import type { Fault } from './faults.mts';
import type { RequestLog } from './requestLog.mts';
import type { RuleList } from './ruleList.mts';
import type { Settings } from './settings.mts';
import type { WebhookSender } from './webhooks.mts';

/** The part of the sandbox's state that the control routes use. */
interface ControlState {
	requestLog: RequestLog;
	faults: RuleList<Fault>;
	webhooks: WebhookSender;
	configure: (settings: Partial<Settings>) => void;
	reset: () => Promise<void>;
}

/** Adds the routes that `SandboxClient` uses for the request log, faults, settings, webhooks and resets. */
export function addControlRoutes(app: FastifyInstance, state: ControlState): void {
	const { requestLog, faults, webhooks } = state;
	app.get('/requests', () => requestLog.requests);
	app.get('/totals', () => requestLog.totals);
	app.get<{ Querystring: { count: string } }>('/wait', async ({ query }, reply) => {
		await requestLog.waitForCount(Number(query.count));
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
		state.configure(body);
		void reply.code(204).send();
	});
	app.get('/deliveries', () => webhooks.deliveries);
	app.get<{ Querystring: { count: string } }>('/deliveries/wait', async ({ query }, reply) => {
		await webhooks.waitForCount(Number(query.count));
		return await reply.code(204).send();
	});
	app.post('/reset', async (_request, reply) => {
		await state.reset();
		return await reply.code(204).send();
	});
}
