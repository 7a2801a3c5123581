import { SyncApi } from '../credentials/SyncApi.credentials.ts';
import { SyncAsset } from '../nodes/SyncAsset/SyncAsset.node.ts';
import { SyncGeneration } from '../nodes/SyncGeneration/SyncGeneration.node.ts';
import { SyncTrigger } from '../nodes/SyncTrigger/SyncTrigger.node.ts';

/** The properties of descriptions that n8n shows. */
const SHOWN = ['displayName', 'description', 'action', 'placeholder'];

function* walk(part: unknown): Generator<string> {
	if (typeof part !== 'object' || part === null) return;
	// Options have a name to show and a value; parameters have a name that isn't shown.
	const shown = 'value' in part ? [...SHOWN, 'name'] : SHOWN;
	for (const [key, value] of Object.entries(part)) {
		if (typeof value !== 'string') yield* walk(value);
		else if (shown.includes(key)) yield value;
	}
}

/** Lists the texts that n8n shows in the forms of the nodes and the credential, and in its node panel. */
export function listLabels(): Set<string> {
	const nodes = [new SyncAsset(), new SyncGeneration(), new SyncTrigger()];
	return new Set(walk([...nodes.map(({ description }) => description), new SyncApi()]));
}
