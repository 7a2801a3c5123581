import path from 'node:path';
import { expectNone } from './expectNone.mts';
import { listFiles, packageJson, readText } from './repository.mts';

/** The folders with code. Nothing in them may be left undone or disabled. */
const CODE = /^(nodes|credentials|sandbox|demo|bench|n8n|probe|release|test)\//;
/** Split, so that this file does not match. */
const LEFT_UNDONE = new RegExp(
	['eslint-dis' + 'able', '\\bTO' + 'DO\\b', '\\bFIX' + 'ME\\b'].join('|'),
);
const MACHINE_PATH = new RegExp(
	`(?<![\\w.~$}/-])/(${['work', 'tmp', 'root', 'Users'].join('|')})/`,
);
const REGISTRY = /https?:\/\/[^\s/"']*(registry|artifactory|nexus|verdaccio|mirror)|^registry=/im;

/** Phrases that nobody says, from earlier texts. */
const ODD_PHRASES =
	/\b(for good|is heeded|made anew|goes on|none that|of before|does not tell|on (its|their) way|all the same|name holds|can not|begun again|an answer)\b/i;

const texts = listFiles('')
	.map((file) => ({ file, text: readText(file) }))
	.filter(({ text }) => !text.includes('\0'));
const markdown = texts.filter(({ file }) => /^(docs\/)?[^/]+\.md$/.test(file));

/** Finds the lines that match a pattern. */
const findLines = (pattern: RegExp, files = texts): string[] =>
	files
		.filter(({ text }) => pattern.test(text))
		.flatMap(({ file, text }) =>
			text
				.split('\n')
				.map((line, index) => ({ line, where: `${file}:${index + 1}` }))
				.filter(({ line }) => pattern.test(line))
				.map(({ line, where }) => `${where}  ${line.trim().slice(0, 100)}`),
		);

test('no file mentions a package registry', () => {
	expectNone(
		findLines(REGISTRY),
		'Let the npm configuration of the user decide where packages come from:',
	);
});

test('no lock file contains download URLs of packages', () => {
	const locks = texts.filter(({ file }) => path.basename(file) === 'package-lock.json');
	expectNone(
		locks.filter(({ text }) => /"resolved": "http/.test(text)).map(({ file }) => file),
		'Create these again with the setting `omit-lockfile-registry-resolved` of .npmrc:',
	);
});

test('no file contains a path that exists on one machine only', () => {
	expectNone(findLines(MACHINE_PATH), 'Use a path from the project, os.tmpdir() or os.homedir():');
});

test('texts of the package, the examples and the pages have no odd phrases', () => {
	expectNone(
		findLines(
			ODD_PHRASES,
			texts.filter(({ file }) =>
				/^(README|(nodes|credentials|docs|examples)\/(?!shared\/api\.ts))/.test(file),
			),
		),
		'Say it as a native speaker would:',
	);
});

test('no code disables a lint rule or is left undone', () => {
	expectNone(
		findLines(
			LEFT_UNDONE,
			texts.filter(({ file }) => CODE.test(file)),
		),
		"Do it, or file an issue. n8n's scanner ignores comments that disable rules:",
	);
});

test.each(markdown)('every npm script that $file mentions exists', ({ text }) => {
	expectNone(
		[...text.matchAll(/\bnpm (?:run ([\w:-]+)|(test)\b)/g)]
			.map(([, script, test]) => script ?? test)
			.filter((script) => !(script in packageJson.scripts)),
		'package.json has no such scripts:',
	);
});
