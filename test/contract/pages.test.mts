import path from 'node:path';
import { toAnchor } from '../../docs/reference/markdown.mts';
import { expectNone } from './expectNone.mts';
import { listFiles, packageJson, readText } from './repository.mts';

const files = listFiles('');

/** The pages for people. Their notes become parts of generated pages, and links in them are relative to those. */
const pages = files
	.filter((file) => file.endsWith('.md') && !file.startsWith('docs/reference/'))
	.map((file) => ({ file, text: readText(file) }));
const readme = readText('README.md');

/** An image in Markdown or in HTML, with its text. */
const IMAGE = /!\[([^\]]*)\]\([^)\s]+\)|<img [^>]*alt="([^"]*)"[^>]*>|<img [^>]*>/g;

/** The target of a link or an image in Markdown, or of an image in HTML. */
const LINK = /\]\(([^)\s]+)\)|<(?:img|source) [^>]*(?:src|srcset)="([^"\s]+)"/g;

/** A picture with a variant for the dark theme. */
const PICTURE =
	/<picture>\s*<source media="\(prefers-color-scheme: dark\)" srcset="([^"]+)">\s*<img src="([^"]+)"/g;

/** The address of this repository, in links from n8n. */
const REPOSITORY = String(packageJson.homepage).replace(/#.*/, '');

/** Removes code, in which nothing is a link. */
const withoutCode = (text: string): string =>
	text.replace(/^( *)```[^]*?^\1```/gm, '').replace(/`[^`\n]*`/g, '``');

/** The links and images of a page that lead to this project: to a file, a heading, or both. */
const parseLinks = (page: string, text: string): Array<{ file: string; heading?: string }> =>
	[...withoutCode(text).matchAll(LINK)]
		.map(([, link, image]) => link ?? image)
		.filter((link) => !/^[a-z]+:/.test(link))
		.map((link) => link.split('#'))
		.map(([file, heading]) => ({
			file: file === '' ? page : path.posix.join(path.posix.dirname(page), file),
			heading,
		}));

/** The anchors of the headings of a page. */
const listAnchors = (page: string): string[] =>
	[...readText(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => toAnchor(heading));

/** Whether a file, or a folder with files, exists. */
const exists = (file: string): boolean =>
	files.some((one) => one === file || one.startsWith(`${file.replace(/\/$/, '')}/`));

test.each(pages)('every link and image in $file leads to an existing file', ({ file, text }) => {
	expectNone(
		parseLinks(file, text)
			.map((link) => link.file)
			.filter((target) => !exists(target)),
		'There are no such files:',
	);
});

test.each(pages)('every link to a heading in $file leads to an existing one', ({ file, text }) => {
	expectNone(
		parseLinks(file, text)
			.filter(({ heading }) => heading !== undefined)
			.filter((link) => !listAnchors(link.file).includes(link.heading ?? ''))
			.map((link) => `${link.file}#${link.heading}`),
		'There are no such headings:',
	);
});

test.each(pages)('every picture in $file has a text for those who can’t see it', ({ text }) => {
	expectNone(
		[...text.matchAll(IMAGE)]
			.filter(([, markdown, html]) => (markdown ?? html ?? '').length < 10)
			.map(([image]) => image),
		'Describe what is in the picture:',
	);
});

test.each(pages)('every picture in $file has a variant for the dark theme', ({ text }) => {
	const variants = new Map(
		[...text.matchAll(PICTURE)].map(([, dark, light]) => [light, dark] as const),
	);
	expectNone(
		[...text.matchAll(/(?:<img [^>]*src="|!\[[^\]]*\]\()([^")\s]+\.png)/g)]
			.map(([, image]) => image)
			.filter((image) => variants.get(image) !== image.replace('.png', '-dark.png')),
		'Show these in a <picture> with a dark variant:',
	);
});

test('every picture in docs/ is used', () => {
	const used = pages.flatMap(({ file, text }) => parseLinks(file, text).map((link) => link.file));
	expectNone(
		listFiles('docs/images')
			.filter((file) => /\.(png|gif)$/.test(file))
			// Tables link to the light one only.
			.filter((file) => !used.includes(file.replace('-dark.png', '.png'))),
		'Show these in a page, or remove them:',
	);
});

test('every page in docs/ can be reached from the README', () => {
	const reached = new Set(['README.md']);
	for (const page of reached) {
		for (const { file } of parseLinks(page, readText(page))) {
			if (file.endsWith('.md')) reached.add(file);
		}
	}
	expectNone(
		pages.map(({ file }) => file).filter((file) => !reached.has(file) && file.startsWith('docs/')),
		'Link to these:',
	);
});

test('every link from n8n to this repository leads to an existing page', () => {
	const linking = files.filter((file) => /^(nodes|credentials)\/.*\.(ts|json)$/.test(file));
	const links = linking.flatMap((file) =>
		[...readText(file).matchAll(/https:\/\/github\.com\/[^\s'"<>]+/g)].map(([link]) => link),
	);
	const targets = links
		.filter((link) => link.startsWith(REPOSITORY))
		.map((link) => link.slice(REPOSITORY.length))
		.map((rest) => rest.replace(/^\?tab=readme-ov-file/, '/blob/main/README.md'))
		.map((rest) => rest.replace(/^\/blob\/main\//, '').split('#'));
	expect(targets).not.toEqual([]);
	expectNone(
		targets
			.filter(
				([file, heading]) => !exists(file) || !(heading === undefined || hasAnchor(file, heading)),
			)
			.map((target) => target.join('#')),
		'There are no such pages or headings:',
	);
});

/** Whether a page has a heading. GitHub's own anchor of the README is `readme`. */
const hasAnchor = (file: string, heading: string): boolean =>
	heading === 'readme' || listAnchors(file).includes(heading);

describe('the README', () => {
	test('is at most 15 kB', () => {
		expect(Buffer.byteLength(readme)).toBeLessThanOrEqual(15_000);
	});

	test('lists every example', () => {
		expectNone(
			[...readText('docs/examples.md').matchAll(/^## (.+)$/gm)]
				.map(([, name]) => `[${name}](docs/examples.md#${toAnchor(name)})`)
				.filter((link) => !readme.includes(link)),
			'Add these to its section Examples:',
		);
	});

	test('gives the commands that .ci/run runs', () => {
		const commands = readText('.ci/run').match(/^npm .*$/gm) ?? [];
		expect(commands).toHaveLength(3);
		expectNone(
			commands.filter((command) => !new RegExp(`(^|&& )${command}( +#| &&|$)`, 'm').test(readme)),
			'Add these to its section Development:',
		);
	});
});
