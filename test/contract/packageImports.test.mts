import { describeImport, readImports } from './importGraph.mts';
import { expectNone } from './expectNone.mts';

/** The libraries that the package may import. */
const LIBRARIES = ['n8n-workflow', 'node:crypto'];

/** The imports of the package. Paths are without an extension. */
const imports = [...readImports('nodes', '.ts'), ...readImports('credentials', '.ts')];

test('the package imports only n8n-workflow, node:crypto and its own files', () => {
	expectNone(
		imports
			.filter(({ to }) => !LIBRARIES.includes(to) && !/^(nodes|credentials)\//.test(to))
			.map(describeImport),
		'n8n accepts no runtime dependencies, and tools and tests are not part of the package:',
	);
});
