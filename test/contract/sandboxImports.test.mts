import { describeImport, findCycles, readImports } from './importGraph.mts';
import { expectNone } from './project.mts';

/** The other rooms that each room of the sandbox may import. */
const ARROWS: Record<string, string[]> = {
	core: [],
	storage: ['core'],
	project: ['core'],
	asset: ['core', 'storage', 'project'],
	voice: ['core', 'storage', 'asset'],
	speech: ['core', 'storage', 'voice'],
	generation: ['core', 'storage', 'project', 'asset'],
	batch: ['core', 'storage', 'generation'],
};

/** The files outside of rooms, which put the rooms together. No room imports them. */
const TOP = /^sandbox\/(main|server|client|state)\.mts$/;

const DATA = ['store', 'fixtures', 'types', 'outcomes', 'prices', 'sampleFiles'];
const CORE_DATA = ['core/users', 'core/ruleList', 'core/settings'];
const CORE_STATE = ['clock', 'faults', 'idempotency', 'requestLog', 'webhooks'].map(
	(name) => `core/${name}`,
);

/** Files that may import only some others, by the ends of their paths. Node's modules and API types are always allowed. */
const LAYERS = [
	{ name: 'data', files: DATA, allowed: [...DATA, ...CORE_DATA] },
	{
		name: 'a serializer',
		files: ['serializers'],
		allowed: [...DATA, ...CORE_DATA, 'serializers', 'state', 'storage/urls'],
	},
	{
		name: 'the state',
		files: ['state'],
		allowed: [...DATA, ...CORE_DATA, ...CORE_STATE, 'state', 'storage/urls'],
	},
];

const imports = readImports('sandbox', '.mts');
const internal = imports.filter(({ to }) => to.startsWith('sandbox/'));

/** The room of a file; undefined for a file at the top. */
const getRoom = (file: string): string | undefined => /^sandbox\/(\w+)\//.exec(file)?.[1];

const endsWithOne = (file: string, ends: string[]): boolean =>
	ends.some((end) => `/${file}`.endsWith(`/${end}.mts`));

test('the sandbox has no import cycles, type imports included', () => {
	expectNone(
		findCycles(internal).map((cycle) => cycle.join(' → ')),
		'Move what both files need to a third one:',
	);
});

test('the arrows between the rooms of the sandbox have no cycles', () => {
	const arrows = Object.entries(ARROWS).flatMap(([from, rooms]) =>
		rooms.map((to) => ({ from, to })),
	);
	expect(findCycles(arrows)).toEqual([]);
});

test('every file of the sandbox is in a room that has arrows, or at the top', () => {
	const files = new Set(imports.map(({ from }) => from));
	expectNone(
		[...files].filter((file) => !TOP.test(file) && !((getRoom(file) ?? '') in ARROWS)),
		'Put it in a room, or add its room to the arrows:',
	);
});

test('rooms of the sandbox import only the rooms that the arrows allow', () => {
	expectNone(
		internal
			.filter(({ from, to }) => {
				const [room, imported] = [getRoom(from), getRoom(to)];
				if (room === undefined || room === imported) return false;
				return imported === undefined || !ARROWS[room].includes(imported);
			})
			.map(describeImport),
		`The arrows are ${JSON.stringify(ARROWS)}:`,
	);
});

test('the sandbox imports nothing of the nodes except the API types', () => {
	expectNone(
		imports
			.filter(({ to }) => /^(nodes|credentials)\//.test(to) && to !== 'nodes/shared/api.ts')
			.map(describeImport),
		'The sandbox must not share code with what it tests:',
	);
});

test.each(LAYERS)('$name of the sandbox imports no handlers, checks or errors', (layer) => {
	expectNone(
		imports
			.filter(({ from }) => endsWithOne(from, layer.files))
			.filter(({ to }) => !to.startsWith('node:') && to !== 'nodes/shared/api.ts')
			.filter(({ to }) => !endsWithOne(to, layer.allowed))
			.map(describeImport),
		`It may import ${layer.allowed.join(', ')}:`,
	);
});
