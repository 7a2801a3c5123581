import type { ExampleApi } from '../demo/api.mts';
import { Editor } from '../n8n/editor.mts';
import { SandboxClient } from '../sandbox/client.mts';
import { encodeAnimation } from './animation.mts';
import { Pictures } from './pictures.mts';

/** How long a generation takes here, in ms: long enough for a picture of the running node. */
const PROCESSING_TIME = 5000;

/** How long to show each step, in ms. */
const DELAY = 2500;

const VIDEO_URL = 'https://www.example.com/interview.mp4';
const SCRIPT = 'Hello! Here is what is new this week.';

/**
 * Makes a first video in the editor, as the README describes it.
 *
 * @param url that of n8n, with a credential
 * @returns an animation of the steps, a GIF
 */
export async function recordFirstVideo(url: string, api: ExampleApi): Promise<Uint8Array> {
	await new SandboxClient(api.url).configure({ processingMs: PROCESSING_TIME });
	const editor = await Editor.open(url, { viewport: { width: 1280, height: 860 } });
	try {
		const pictures = new Pictures(editor, api.url);
		const frames: Buffer[] = [];
		const addFrame = async () => frames.push(await pictures.capture());

		await editor.createWorkflow();
		await editor.searchForNode('Sync Generation', 'Sync Generation');
		await addFrame();
		await editor.listActions('Sync Generation');
		await addFrame();
		await editor.chooseAction('Create lip-synced video');
		await editor.locate('node-parameters').waitFor();
		await addFrame();
		await editor.fillText('visualUrl', VIDEO_URL);
		await addFrame();
		await editor.selectOption('audioSource', 'Text to Speech');
		await editor.openList('voiceId');
		await editor.page.getByText('Sarah (ElevenLabs)').waitFor();
		await addFrame();
		await editor.page.getByText('Sarah (ElevenLabs)').click();
		await editor.fillText('script', SCRIPT);
		await addFrame();
		await editor.executeStep();
		await editor.page.getByText('Executing node').first().waitFor();
		await addFrame();
		await editor.locate('output-panel').getByText('COMPLETED').first().waitFor();
		await editor.locate('output-panel').getByTestId('radio-button-json').click();
		await editor.locate('output-panel').getByText('"outputUrl"').waitFor();
		await addFrame();
		await editor.closeNode();
		await addFrame();
		return encodeAnimation(frames, DELAY);
	} finally {
		await editor.close();
	}
}
