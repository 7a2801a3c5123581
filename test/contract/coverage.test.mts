import { createRequire } from 'node:module';
import type { INodePropertyOptions } from 'n8n-workflow';
import { expectNone } from './expectNone.mts';
import { loadNodes, readText } from './repository.mts';

const { COVERAGE } = createRequire(import.meta.url)('../../api/coverage.js') as {
	COVERAGE: Record<string, string[] | string>;
};

/** The operations of the nodes, as users see them: `Asset → Get`, or the name of a trigger. */
async function listNodeOperations(): Promise<string[]> {
	return (await loadNodes()).flatMap(({ instance: { description } }) => {
		const { displayName, group, properties } = description;
		if (group.includes('trigger')) return [displayName];
		const resources = properties.find(({ name }) => name === 'resource')?.options ?? [];
		return properties
			.filter(({ name }) => name === 'operation')
			.flatMap(({ displayOptions, options = [] }) => {
				const resource = (resources as INodePropertyOptions[]).find(
					({ value }) => value === displayOptions?.show?.resource?.[0],
				);
				return (options as INodePropertyOptions[]).map(({ name }) => `${resource?.name} → ${name}`);
			});
	});
}

const used = Object.values(COVERAGE).flatMap((entry) => (Array.isArray(entry) ? entry : []));

test('the API coverage only names operations of the nodes that exist', async () => {
	const operations = await listNodeOperations();
	expect(operations).toContain('Asset → Get');
	expectNone(
		used.filter((operation) => !operations.includes(operation)),
		'Correct these in api/coverage.js, then run `npm run generate`:',
	);
});

test('the API coverage names every operation of the nodes', async () => {
	expectNone(
		(await listNodeOperations()).filter((operation) => !used.includes(operation)),
		'Add these to the operations of the API that they use, in api/coverage.js:',
	);
});

test('the API coverage says why each operation is left out', () => {
	const page = readText('docs/api-coverage.md');
	const reasons = Object.values(COVERAGE).filter((entry) => typeof entry === 'string');
	expectNone(
		reasons.filter((reason) => !/^[A-Z].{20,}\.$/.test(reason) || !page.includes(reason)),
		'Give a reason of one or two sentences, and run `npm run generate`:',
	);
});
