import {
	describeImport,
	findCycles,
	findDisallowed,
	readImports,
	toImports,
} from './importGraph.mts';
import { expectNone } from './expectNone.mts';

/** The other folders that each folder of the sandbox may import from. */
const ALLOWED: Record<string, string[]> = {
	core: [],
	media: [],
	storage: ['core'],
	project: ['core'],
	asset: ['core', 'storage', 'project'],
	voice: ['core', 'storage', 'asset'],
	speech: ['core', 'storage', 'voice'],
	generation: ['core', 'storage', 'project', 'asset'],
	batch: ['core', 'storage', 'generation'],
	usage: ['core', 'generation'],
	transcription: ['core', 'asset'],
	dialogueEdit: ['core', 'storage', 'transcription'],
};

/** The top-level files, which combine the folders. */
const TOP_LEVEL = /^sandbox\/(main|server|client|state)\.mts$/;

/** The files that hold state, and what it is made of. */
const DATA =
	/\/(state|store|fixtures|types|outcomes|prices|sampleFiles|users|settings|ruleList|jobStore)\.mts$/;

const SERIALIZERS = /\/serializers\.mts$/;

const ERRORS = /\/errors\.mts$/;

/** The files that handle requests, apart from serializers. */
const REQUEST_HANDLING =
	/\/(checks|voiceSample|form|createGeneration|requestHooks|\w*(H|h)andlers|\w*(R|r)outes)\.mts$/;

const imports = readImports('sandbox', '.mts');
const internal = imports.filter(({ to }) => to.startsWith('sandbox/'));
const files = [...new Set(imports.flatMap(({ from, to }) => [from, to]))].filter((file) =>
	file.startsWith('sandbox/'),
);

/** Gets the folder of a file; undefined for a top-level file. */
const getFolder = (file: string): string | undefined => /^sandbox\/(\w+)\//.exec(file)?.[1];

/** Finds imports of forbidden files, indirect ones too. @returns one path for each forbidden file */
function findForbidden(from: string, forbidden: RegExp): string[] {
	const paths = new Map([[from, from]]);
	for (const [file, path] of paths) {
		for (const { to } of internal.filter((one) => one.from === file)) {
			if (!paths.has(to)) paths.set(to, `${path} → ${to}`);
		}
	}
	paths.delete(from);
	return [...paths].filter(([file]) => forbidden.test(file)).map(([, path]) => path);
}

test('the sandbox has no import cycles, type imports included', () => {
	expectNone(
		findCycles(internal).map((cycle) => cycle.join(' → ')),
		'Move what both files need to a third one:',
	);
});

test('the allowed imports between folders have no cycles', () => {
	expect(findCycles(toImports(ALLOWED))).toEqual([]);
});

test('every file is at the top level or in a folder with allowed imports', () => {
	expectNone(
		files.filter((file) => !TOP_LEVEL.test(file) && !((getFolder(file) ?? '') in ALLOWED)),
		'Move it to a folder, or add its folder to the allowed imports:',
	);
});

test('folders import only from the folders that they may import from', () => {
	expectNone(
		findDisallowed(internal, ALLOWED, getFolder).map(describeImport),
		`The allowed imports are ${JSON.stringify(ALLOWED)}:`,
	);
});

test('the sandbox imports only the API types of the nodes', () => {
	expectNone(
		imports
			.filter(({ to }) => /^(nodes|credentials)\//.test(to) && to !== 'nodes/shared/api.ts')
			.map(describeImport),
		'The sandbox must not share code with what it tests:',
	);
});

test('state and data depend on nothing that handles requests', () => {
	expectNone(
		files
			.filter((file) => DATA.test(file))
			.flatMap((file) => [
				...findForbidden(file, REQUEST_HANDLING),
				...findForbidden(file, SERIALIZERS),
			]),
		'Move the shared part to the store or to a file of its own:',
	);
});

test('serializers depend on nothing else that handles requests', () => {
	expectNone(
		files
			.filter((file) => SERIALIZERS.test(file))
			.flatMap((file) => findForbidden(file, REQUEST_HANDLING)),
		'Move the shared part to the store or to a file of its own:',
	);
});

test('only request handling throws API errors', () => {
	expectNone(
		internal
			.filter(({ from, to }) => (DATA.test(from) || SERIALIZERS.test(from)) && ERRORS.test(to))
			.map(describeImport),
		'Return undefined, and throw the error in a check:',
	);
});
