import type { Handlers } from '../core/handlerTypes.mts';
import { requireOwnProject } from '../project/checks.mts';
import { requireAsset } from './checks.mts';
import type { AssetState } from './state.mts';

/** The assets of projects: attach and detach. */
export const projectAssetHandlers: Handlers<AssetState> = {
	attachProjectAsset: ({ params, body, caller }, state) => {
		const { id } = requireOwnProject(params.id, caller, state);
		const stored = requireAsset(body.assetId, caller, state);
		stored.asset = { ...stored.asset, projectId: id };
	},

	detachProjectAsset: ({ params, caller }, state) => {
		const { id } = requireOwnProject(params.id, caller, state);
		const stored = requireAsset(params.assetId, caller, state);
		if (stored.asset.projectId !== id) return;
		stored.asset = { ...stored.asset, projectId: null };
	},
};
