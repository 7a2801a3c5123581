const { execFile } = require('node:child_process');
const { mkdir, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const { promisify } = require('node:util');
const { dest, parallel, series, src } = require('gulp');

const run = promisify(execFile);
const tsc = require.resolve('typescript/bin/tsc');

/** What is made from the contract, by file: `gulp generate` writes it, a test checks that it has not drifted. */
const { generated } = require('./api/generate.js');

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

async function compile() {
	try {
		await run(process.execPath, [tsc, '--project', 'tsconfig.json']);
	} catch (error) {
		throw new Error(`The TypeScript compiler found faults:\n${error.stdout}`);
	}
}

function icons() {
	return src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
}

/** The codex files and the schema previews. */
function metadata() {
	return src(['nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json']).pipe(dest('dist/nodes'));
}

/** Makes the API types and the schema previews from the contract anew. */
async function generate() {
	for (const [file, content] of await generated()) {
		await mkdir(path.dirname(file), { recursive: true });
		await writeFile(file, content);
	}
}

const build = series(clean, parallel(compile, icons, metadata));

module.exports = { build, clean, default: build, generate };
