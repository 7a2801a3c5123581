import { fastify, type FastifyInstance } from 'fastify';

import { findPublished } from '../../release/published.mts';
import { ROOT } from './repository.mts';

/** Plays npm, which has one version of one package. */
let npm: FastifyInstance;
let url: string;

beforeAll(async () => {
	npm = fastify();
	npm.get('/published', () => ({
		name: 'published',
		'dist-tags': { latest: '1.2.0' },
		versions: { '1.2.0': { name: 'published', version: '1.2.0' } },
	}));
	url = await npm.listen({ host: '127.0.0.1', port: 0 });
});

afterAll(async () => await npm.close());

test.each([
	['published', '1.2.0', true],
	['published', '1.3.0', false],
	['unpublished', '1.2.0', false],
])('npm has %s %s: %s', async (name, version, expected) => {
	expect(await findPublished(ROOT, name, version, { npm_config_registry: url })).toBe(expected);
});

test('without npm, it is not known', async () => {
	const env = { npm_config_registry: 'http://127.0.0.1:9', npm_config_fetch_retries: '0' };
	expect(await findPublished(ROOT, 'published', '1.2.0', env)).toBeUndefined();
});
