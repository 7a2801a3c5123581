import { readOptions, USAGE } from '../../demo/options.mts';

test('without options, the demo uses drawn files and creates no videos', () => {
	expect(readOptions([])).toEqual({
		once: false,
		n8n: undefined,
		withVideos: false,
		maxCost: 1,
		files: {},
		help: false,
	});
});

test('the user can give files of their own', () => {
	const args = ['--video', 'me.MOV', '--audio', 'me.wav', '--image', 'me.png'];
	expect(readOptions(args, 'key').files).toEqual({
		VIDEO: 'me.MOV',
		AUDIO: 'me.wav',
		IMAGE: 'me.png',
	});
});

test.each([
	['an unknown option', ['--videos'], /Unknown option '--videos'/],
	['no amount', ['--max-cost', 'one'], /must be an amount of US dollars/],
	['an amount of 0', ['--max-cost', '0'], /must be an amount of US dollars/],
	['a file of another kind', ['--video', 'me.txt'], /me\.txt can't be uploaded\. .*mp4/],
])('%s is an error', (_what, args, message) => {
	expect(() => readOptions(args, 'key')).toThrow(message);
});

test('files need an API key', () => {
	expect(() => readOptions(['--image', 'me.png'])).toThrow(/need an API key/);
});

test('every option in the usage exists', () => {
	const values: Record<string, string> = { USD: '1', URL: 'http://localhost', FILE: 'me.mp4' };
	const listed = [...USAGE.matchAll(/^ {2}(--\S+)(?: ([A-Z]+))?/gm)];
	expect(listed).toHaveLength(8);
	for (const [, option, value] of listed) {
		expect(() => readOptions(value ? [option, values[value]] : [option], 'key')).not.toThrow();
	}
});
