import { parseArgs } from 'node:util';

import { LIBRARY, MISSING_ASSET_ID } from './asset/library.mts';
import { startSandbox } from './server.mts';
import { WEBHOOK_SECRET } from './core/webhooks.mts';

const { values } = parseArgs({ options: { port: { type: 'string' } } });
const port = Number(values.port ?? process.env.SYNC_SANDBOX_PORT ?? 8787);

try {
	const { url, apiKey, close } = await startSandbox({ port });
	console.log(`A local Sync API is at ${url}; its API key is ${apiKey}. Ctrl-C ends it.`);
	console.log(`Its webhooks are signed with ${WEBHOOK_SECRET}.`);
	console.table(LIBRARY.map(({ id, type, name }) => ({ id, type, name: name ?? null })));
	console.log(`There is no asset ${MISSING_ASSET_ID}.`);
	process.once('SIGINT', () => void close());
	process.once('SIGTERM', () => void close());
} catch (error) {
	const { code, message } = error as NodeJS.ErrnoException;
	console.error(
		code === 'EADDRINUSE'
			? `Port ${port} is in use. Choose another one: npm run sandbox -- --port 8788`
			: `The local Sync API did not start: ${message}`,
	);
	process.exitCode = 1;
}
