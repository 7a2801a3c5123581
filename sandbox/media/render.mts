import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { execa } from 'execa';

/*
 * Renders the sample files of this folder: a test pattern with a face that speaks. Needs ffmpeg.
 * Run it with `npx tsx sandbox/media/render.mts`.
 */

const FRAMES_PER_SECOND = 12;
const VIDEO_SECONDS = 2;
const AUDIO_SECONDS = 1.5;
/** How many times a second the mouth opens, and the tone sounds. */
const SYLLABLES_PER_SECOND = 3;
const BARS = ['#c8c8c8', '#c8c800', '#00c8c8', '#00c800', '#c800c8', '#c80000', '#0000c8'];

/** @param openness of the mouth, from 0 to 1 */
const drawFrame = (openness: number): string => `<svg xmlns="http://www.w3.org/2000/svg"
	width="320" height="180" viewBox="0 0 320 180">
	${BARS.map((color, index) => `<rect x="${index * 46}" width="46" height="180" fill="${color}"/>`).join('')}
	<ellipse cx="160" cy="210" rx="92" ry="62" fill="#24507a"/>
	<ellipse cx="160" cy="88" rx="52" ry="66" fill="#f2c9a5" stroke="#5b3a21" stroke-width="2"/>
	<path d="M108 78 Q112 18 160 18 Q208 18 212 78 Q186 44 160 46 Q134 44 108 78Z" fill="#5b3a21"/>
	<circle cx="140" cy="80" r="6" fill="#222"/><circle cx="180" cy="80" r="6" fill="#222"/>
	<ellipse cx="160" cy="120" rx="18" ry="${3 + 11 * openness}" fill="#8c1f28"/>
</svg>`;

const ffmpeg = async (...args: string[]) =>
	await execa('ffmpeg', ['-y', '-loglevel', 'error', ...args], { cwd: import.meta.dirname });

const frames = await mkdtemp(join(tmpdir(), 'sample-frames-'));
try {
	const count = VIDEO_SECONDS * FRAMES_PER_SECOND;
	for (let frame = 0; frame < count; frame++) {
		const phase = (frame / FRAMES_PER_SECOND) * SYLLABLES_PER_SECOND * 2 * Math.PI;
		const file = join(frames, `${String(frame).padStart(3, '0')}.svg`);
		await writeFile(file, drawFrame((1 - Math.cos(phase)) / 2));
	}
	const picture = ['-framerate', `${FRAMES_PER_SECOND}`, '-i', join(frames, '%03d.svg')];
	const portrait = ['-i', join(frames, '002.svg'), '-vf', 'crop=120:180', '-frames:v', '1'];
	const voice = (seconds: number) => [
		...['-f', 'lavfi', '-i'],
		`aevalsrc='0.4*sin(2*PI*220*t)*(1-cos(2*PI*${SYLLABLES_PER_SECOND}*t))/2:s=8000:d=${seconds}'`,
	];
	const clip = [...picture, ...voice(VIDEO_SECONDS), '-shortest'];
	const h264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-crf', '30', '-c:a', 'aac'];
	const reproducible = ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact'];
	await ffmpeg(...clip, ...h264, ...reproducible, '-movflags', '+faststart', 'sample.mp4');
	await ffmpeg(...clip, ...h264, ...reproducible, 'sample.mov');
	await ffmpeg(...picture, '-c:v', 'libvpx-vp9', '-crf', '40', ...reproducible, 'sample.webm');
	await ffmpeg(...voice(AUDIO_SECONDS), ...reproducible, 'sample.wav');
	await ffmpeg(...voice(AUDIO_SECONDS), '-b:a', '16k', ...reproducible, 'sample.mp3');
	await ffmpeg(...voice(AUDIO_SECONDS), ...reproducible, 'sample.ogg');
	await ffmpeg(...portrait, ...reproducible, 'sample.png');
	await ffmpeg(...portrait, ...reproducible, 'sample.webp');
} finally {
	await rm(frames, { recursive: true });
}
