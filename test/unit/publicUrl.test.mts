import { parsePublicUrl } from '../../nodes/shared/fields/publicUrl.ts';

test.each([
	'https://www.example.com/interview.mp4',
	'http://www.example.com/interview.mp4',
	'https://notyoutube.com/interview.mp4',
])('%s is accepted', (url) => {
	expect(parsePublicUrl(` ${url} `).href).toBe(url);
});

test.each([
	['https://www.youtube.com/watch?v=1', 'www.youtube.com'],
	['https://youtu.be/1', 'youtu.be'],
	['https://vimeo.com/1', 'vimeo.com'],
	['https://drive.google.com/file/d/1/view', 'drive.google.com'],
])('%s is rejected as the URL of a page', (url, host) => {
	expect(() => parsePublicUrl(url, 'Audio URL')).toThrow(
		`'Audio URL' is a page of ${host}, not a media file`,
	);
});

test.each(['ftp://www.example.com/a.mp4', 'a.mp4', 42, null, ''])('%p is rejected', (value) => {
	expect(() => parsePublicUrl(value)).toThrow(/^'URL' is (empty|not a valid URL)$/);
});
