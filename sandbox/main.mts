import { parseArgs } from 'node:util';

import { LIBRARY, MISSING_ASSET_ID } from './asset/fixtures.mts';
import { WEBHOOK_SECRET } from './core/webhooks.mts';
import { startSandbox } from './server.mts';

const { values } = parseArgs({ options: { port: { type: 'string' } } });
const port = Number(values.port ?? process.env.SYNC_SANDBOX_PORT ?? 8787);

try {
	const { url, apiKey, close } = await startSandbox({ port });
	console.log(`The local Sync API is running at ${url}. Press Ctrl-C to stop it.`);
	console.log(`API key: ${apiKey}`);
	console.log(`Webhook signing secret: ${WEBHOOK_SECRET}`);
	console.table(LIBRARY.map(({ id, type, name }) => ({ id, type, name: name ?? null })));
	console.log(`To test with a missing asset, use the ID ${MISSING_ASSET_ID}.`);
	process.once('SIGINT', () => void close());
	process.once('SIGTERM', () => void close());
} catch (error) {
	const { code, message } = error as NodeJS.ErrnoException;
	console.error(
		code === 'EADDRINUSE'
			? `Port ${port} is in use. Choose another one: npm run sandbox -- --port 8788`
			: `The local Sync API could not start: ${message}`,
	);
	process.exitCode = 1;
}
