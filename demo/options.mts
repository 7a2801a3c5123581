import { parseArgs } from 'node:util';

import { getMediaFormat, type MediaFiles } from './account.mts';

/** How to call the demo. */
export const USAGE = `Usage: npm run demo -- [options]

  --once            end after the examples instead of leaving the editor open
  --n8n URL         use an n8n that is running already. Set N8N_EMAIL and N8N_PASSWORD to the login of a user
  --help            print this

With SYNC_API_KEY set to an API key, the demo uses the real API instead of a local one:

  --with-videos     create videos, which sync.so charges for
  --max-cost USD    the most that they may cost together (default: 1)
  --video FILE      upload this file instead of a drawn one, in which sync.so may find no face
  --audio FILE      the same for the recording
  --image FILE      the same for the picture`;

/** The options of the demo. */
export interface DemoOptions {
	once: boolean;
	/** The URL of an existing n8n. */
	n8n?: string;
	withVideos: boolean;
	/** In US dollars. */
	maxCost: number;
	/** The user's own files. */
	files: MediaFiles;
	help: boolean;
}

/**
 * Reads the options of the demo.
 *
 * @param apiKey the key of the real API, if there is one
 * @throws Error if an option is unknown, invalid or not available without a key
 */
export function readOptions(args: string[], apiKey?: string): DemoOptions {
	const { values } = parseArgs({
		args,
		options: {
			once: { type: 'boolean', default: false },
			n8n: { type: 'string' },
			'with-videos': { type: 'boolean', default: false },
			'max-cost': { type: 'string', default: '1' },
			video: { type: 'string' },
			audio: { type: 'string' },
			image: { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	const maxCost = Number(values['max-cost']);
	if (!(maxCost > 0)) throw new Error('--max-cost must be an amount of US dollars, e.g. 1');
	const { once, n8n, help, video, audio, image } = values;
	const ownFiles = [video, audio, image].filter((file) => file !== undefined);
	for (const file of ownFiles) getMediaFormat(file);
	if (ownFiles.length > 0 && !apiKey) {
		throw new Error('--video, --audio and --image need an API key in SYNC_API_KEY');
	}
	const files = { VIDEO: video, AUDIO: audio, IMAGE: image };
	return { once, n8n, withVideos: values['with-videos'], maxCost, files, help };
}
