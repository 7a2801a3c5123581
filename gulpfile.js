const { mkdir, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const { dest, parallel, series, src } = require('gulp');

const { generateFiles } = require('./api/generate.js');

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

async function compile() {
	// execa is an ES module.
	const { execa } = await import('execa');
	await execa('tsc', ['--project', 'tsconfig.json'], { preferLocal: true, stdio: 'inherit' });
}

function icons() {
	return src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
}

/** Copies the codex files and the schema previews. */
function metadata() {
	return src(['nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json']).pipe(dest('dist/nodes'));
}

/** Generates the API types, the schema previews and the reference pages. A test checks that they are up to date. */
async function generate() {
	for (const [file, content] of await generateFiles()) {
		await mkdir(path.dirname(file), { recursive: true });
		await writeFile(file, content);
	}
}

const build = series(clean, parallel(compile, icons, metadata));

module.exports = { build, clean, default: build, generate };
