import {
	describeImport,
	findCycles,
	findDisallowed,
	readImports,
	toImports,
} from './importGraph.mts';
import { expectNone } from './expectNone.mts';

const SHARED = ['shared/transport', 'shared/items', 'shared/fields', 'shared/files'];
const GENERATION = [
	...SHARED,
	'SyncGeneration/fields',
	'SyncGeneration/request',
	'SyncGeneration/paid',
	'SyncGeneration/waiting',
];

/** The other rooms that each room inside of a node, and each shared room, may import. Resources may not import each other. */
const INNER: Record<string, string[]> = {
	credentials: [],
	'shared/transport': ['credentials'],
	'shared/items': ['shared/transport'],
	'shared/fields': ['shared/transport', 'shared/items'],
	'shared/files': ['credentials', 'shared/transport', 'shared/items'],
	'SyncAsset/asset': SHARED,
	'SyncAsset/project': SHARED,
	'SyncGeneration/fields': SHARED,
	'SyncGeneration/request': ['credentials', ...SHARED],
	'SyncGeneration/paid': [...SHARED, 'SyncGeneration/request'],
	'SyncGeneration/waiting': [...SHARED, 'SyncGeneration/fields'],
	'SyncGeneration/generation': GENERATION,
	'SyncGeneration/batch': GENERATION,
	'SyncGeneration/speech': GENERATION,
	'SyncGeneration/voice': GENERATION,
	'SyncGeneration/model': SHARED,
	'SyncGeneration/usage': SHARED,
	'SyncGeneration/transcription': GENERATION,
	'SyncGeneration/dialogueEdit': GENERATION,
	'SyncTrigger/webhook': SHARED,
};

/** The nodes themselves. Each may import all of its own rooms and the shared ones, and none may import it. */
const NODES = ['SyncAsset', 'SyncGeneration', 'SyncTrigger'].map((node) => {
	const own = Object.keys(INNER).filter((room) => room.startsWith(`${node}/`));
	return [node, [...SHARED, ...own]] as [string, string[]];
});

/** The other rooms that each room of the package may import. */
const ALLOWED: Record<string, string[]> = { ...INNER, ...Object.fromEntries(NODES) };

/** Made from the contract; every room but the credentials may import it. */
const API_TYPES = 'nodes/shared/api';

const imports = [...readImports('nodes', '.ts'), ...readImports('credentials', '.ts')]
	.map(({ from, to }) => ({ from: from.replace(/\.ts$/, ''), to }))
	.filter(({ to }) => /^(nodes|credentials)\//.test(to))
	.filter(({ from, to }) => to !== API_TYPES || from.startsWith('credentials/'));

/** The room of a file or of a folder's `index`. */
function getRoom(path: string): string {
	const [top, node, folder] = path.split('/');
	if (top === 'credentials') return top;
	return folder === `${node}.node` ? node : `${node}/${folder}`;
}

test('the package has no import cycles, type imports included', () => {
	const files = imports.map(({ from, to }) => ({ from: from.replace(/\/index$/, ''), to }));
	expectNone(
		findCycles(files).map((cycle) => cycle.join(' → ')),
		'Move what both files need to a third one:',
	);
});

test('the allowed imports between rooms have no cycles', () => {
	expect(findCycles(toImports(ALLOWED))).toEqual([]);
});

test('every file of the package is in a room with allowed imports', () => {
	expectNone(
		[...new Set(imports.map(({ from }) => from))].filter((file) => !(getRoom(file) in ALLOWED)),
		'Move it to a room, or add its room to the allowed imports:',
	);
});

test('rooms import only from the rooms that they may import from', () => {
	expectNone(
		findDisallowed(imports, ALLOWED, getRoom).map(describeImport),
		`The allowed imports are ${JSON.stringify(ALLOWED)}:`,
	);
});
