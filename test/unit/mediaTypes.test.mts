import {
	addExtension,
	guessMimeType,
	isSpecific,
	toAssetType,
} from '../../nodes/shared/files/mediaTypes.ts';

test.each([
	['clip.mp4', 'video/mp4'],
	['CLIP.MOV', 'video/quicktime'],
	['a.b.webm', 'video/webm'],
	['/a/b.wav', 'audio/wav'],
	['voice.m4a', 'audio/mp4'],
	['voice.ogg', 'audio/ogg'],
	['.mp3', 'audio/mpeg'],
	['face.jpg', 'image/jpeg'],
	['face.png', 'image/png'],
	['клип.mp4', 'video/mp4'],
])('guesses from the name %s that the file is %s', (name, mimeType) => {
	expect(guessMimeType(name)).toBe(mimeType);
});

test.each(['', 'mp4', 'clip', 'clip.', 'clip.pdf', 'clip.mp4/', 'clip.mp4 ', 'clip.constructor'])(
	'cannot guess from the name %j',
	(name) => {
		expect(guessMimeType(name)).toBeUndefined();
	},
);

test.each([
	['video/mp4', 'VIDEO'],
	['VIDEO/MP4', 'VIDEO'],
	['audio/x-anything', 'AUDIO'],
	['image/png', 'IMAGE'],
	['application/pdf', undefined],
	['x-video/mp4', undefined],
	['video', undefined],
	['', undefined],
	[undefined, undefined],
])('%s becomes %s', (mimeType, type) => {
	expect(toAssetType(mimeType)).toBe(type);
});

test.each([
	['video/mp4', true],
	['application/pdf', true],
	['application/octet-stream', false],
	['Application/Octet-Stream; charset=binary', false],
	['video/mp4; codecs="avc1"', true],
	['application/mp4', false],
	['application/ogg', false],
	['binary/octet-stream', false],
	['text/plain', false],
	['', false],
])('isSpecific(%j) is %s', (mimeType, expected) => {
	expect(isSpecific(mimeType)).toBe(expected);
});

test.each([
	['image/png', 'face.png'],
	['image/jpeg', 'face.jpg'],
	['image/jpg', 'face.jpg'],
	['video/mp4', 'face.mp4'],
	['Video/MP4; codecs="avc1"', 'face.mp4'],
	['video/quicktime', 'face.mov'],
	['audio/mp4', 'face.m4a'],
	['audio/mpeg', 'face.mp3'],
	['audio/ogg', 'face.ogg'],
	['audio/wav', 'face.wav'],
	['audio/x-wav', 'face.wav'],
	['audio/png', 'face'],
	['application/octet-stream', 'face'],
	['image/svg+xml', 'face'],
	['constructor', 'face'],
	['', 'face'],
	[undefined, 'face'],
])('appends the extension for the MIME type %s', (mimeType, name) => {
	expect(addExtension('face', mimeType)).toBe(name);
});

test.each(['face.png', 'face.jpeg', 'FACE.PNG', 'report.pdf'])(
	'keeps the name %s, because it has an extension',
	(name) => {
		expect(addExtension(name, 'video/mp4')).toBe(name);
	},
);
