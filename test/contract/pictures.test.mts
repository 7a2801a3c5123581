import { statSync } from 'node:fs';
import path from 'node:path';
import { PNG } from 'pngjs';
import { encodeAnimation } from '../../docs/animation.mts';
import { listLabels } from '../../docs/labels.mts';
import { expectNone } from './expectNone.mts';
import { listFiles, loadNodes, readText, ROOT } from './repository.mts';

const FOLDER = 'docs/images';
const AGAIN = 'Run npm run screenshots';

/** The labels that were in each picture when it was taken, by its name. */
const recorded = JSON.parse(readText(`${FOLDER}/labels.json`)) as Record<string, string[]>;
const pictures = Object.entries(recorded).map(([name, labels]) => ({ name, labels }));
const files = listFiles(FOLDER);

const sizeOf = (file: string): number => statSync(path.join(ROOT, file)).size;

test.each(pictures)('the nodes still have the labels in the picture $name', ({ labels }) => {
	const existing = listLabels();
	expectNone(
		labels.filter((label) => !existing.has(label)),
		`These are gone. ${AGAIN}:`,
	);
});

test('only the picture without an operation has no labels', () => {
	const empty = pictures.filter(({ labels }) => labels.length === 0);
	expect(empty.map(({ name }) => name)).toEqual(['dub-an-upload-finished']);
});

test('every example has a picture', () => {
	const names = listFiles('examples').map((file) => path.parse(file).name);
	expect(Object.keys(recorded)).toEqual(expect.arrayContaining(names));
});

test('the picture of the node panel shows every node', async () => {
	const descriptions = (await loadNodes()).map(({ instance }) => instance.description.description);
	expect(recorded['node-panel']).toEqual(expect.arrayContaining(descriptions));
});

test('every picture exists for the light and the dark theme, and has its labels recorded', () => {
	const expected = pictures.flatMap(({ name }) => [`${name}.png`, `${name}-dark.png`]);
	expect(files.filter((file) => file.endsWith('.png')).sort()).toEqual(
		expected.map((name) => `${FOLDER}/${name}`).sort(),
	);
});

test('pictures have at most 250 kB, and animations 3 MB', () => {
	const isBig = (file: string) => sizeOf(file) > (file.endsWith('.gif') ? 3_000_000 : 250_000);
	expectNone(files.filter(isBig), `Make these smaller, and ${AGAIN}:`);
});

test('an animation repeats, has all frames in their size, and shows each one for the delay', () => {
	const createFrame = (gray: number) => {
		const frame = new PNG({ width: 3, height: 2 });
		frame.data.fill(gray);
		return PNG.sync.write(frame);
	};
	const gif = Buffer.from(encodeAnimation([createFrame(255), createFrame(128)], 1200));
	// Each frame starts with a graphic control extension, with the delay in hundredths of a second.
	const extension = Buffer.from([0x21, 0xf9, 0x04]);
	const delays: number[] = [];
	for (let at = gif.indexOf(extension); at >= 0; at = gif.indexOf(extension, at + 1)) {
		delays.push(gif.readUInt16LE(at + 4));
	}
	expect(gif.toString('latin1', 0, 6)).toBe('GIF89a');
	expect([gif.readUInt16LE(6), gif.readUInt16LE(8)]).toEqual([3, 2]);
	expect(gif.includes('NETSCAPE2.0')).toBe(true);
	expect(delays).toEqual([120, 120]);
});
