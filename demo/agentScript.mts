import type { Script } from './localModel.mts';

/** Returns the first item that a tool returned. @throws Error with what it returned instead of items */
function parseFirst(result: string): Record<string, string> {
	try {
		const [first] = JSON.parse(result) as Array<Record<string, string>>;
		if (first) return first;
	} catch {
		// It is the message of an error.
	}
	throw new Error(`The tool returned no item: ${result}`);
}

/** What the model does in `video-agent.json`: it finds the video, lets it speak, and returns the link. */
export const runVideoAgent: Script = ([assets, created, finished]) => {
	if (assets === undefined) return { call: 'Find_Assets', args: { search: 'teaser' } };
	if (created === undefined) {
		const args = { assetId: parseFirst(assets).id, script: 'Welcome to our new course!' };
		return { call: 'Create_Video', args };
	}
	if (finished === undefined) {
		return { call: 'Get_Video', args: { generationId: parseFirst(created).id } };
	}
	return { answer: `Here is your video: ${parseFirst(finished).outputUrl}` };
};
