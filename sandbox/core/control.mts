import type { FastifyInstance } from 'fastify';

import { formatOf, newAsset } from '../asset/store.mts';
import type { GeneratedFile } from '../client.mts';
import type { Fault } from './faults.mts';
import { OWNER_ID, type Asset } from '../asset/library.mts';
import { CONTENT_TYPES } from '../storage/samples.mts';
import type { Settings } from './settings.mts';
import type { State } from '../state.mts';
import { fileUrl } from '../storage/urls.mts';

/** Adds the addresses that `SandboxClient` uses. */
export function addControl(app: FastifyInstance, state: State): void {
	app.get('/requests', () => state.record.requests);
	app.get('/totals', () => state.record.totals);
	app.get<{ Querystring: { count: string } }>('/wait', async ({ query }, reply) => {
		await state.record.waitForCount(Number(query.count));
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
	app.post<{ Body: GeneratedFile }>('/stored-assets', ({ body, protocol, host }) =>
		addStoredAsset(body, `${protocol}://${host}`, state),
	);
	app.post('/reset', async (_request, reply) => {
		await state.reset();
		return await reply.code(204).send();
	});
}

/** Adds an asset of the owner's whose file is made while it is downloaded. */
function addStoredAsset({ size, type, name }: GeneratedFile, origin: string, state: State): Asset {
	const key = state.files.newKey(name);
	const format = formatOf(name);
	const contentType = CONTENT_TYPES[format ?? ''] ?? 'application/octet-stream';
	state.files.addGenerated(key, size, contentType);
	const url = fileUrl(key, origin);
	const asset = newAsset(state.now(), { type, name, size, format, url });
	state.assets.add({ asset, ownerId: OWNER_ID, key });
	return asset;
}
