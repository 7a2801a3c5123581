import { parseArgs } from 'node:util';

import { LIBRARY, MISSING_ASSET_ID } from './library.mts';
import { startSandbox } from './server.mts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '8787' } } });

try {
	const { url, apiKey, close } = await startSandbox({ port: Number(values.port) });
	console.log(`A local Sync API is at ${url}; its API key is ${apiKey}. Ctrl-C ends it.`);
	console.table(LIBRARY.map(({ id, type, name }) => ({ id, type, name: name ?? null })));
	console.log(`There is no asset ${MISSING_ASSET_ID}.`);
	process.once('SIGINT', () => void close());
	process.once('SIGTERM', () => void close());
} catch (error) {
	console.error(`The local Sync API did not start: ${(error as Error).message}`);
	process.exitCode = 1;
}
