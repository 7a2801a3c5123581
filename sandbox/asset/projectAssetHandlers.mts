import type { Handlers } from '../core/handlerTypes.mts';
import { requireOwnProject } from '../project/checks.mts';
import { requireAsset } from './checks.mts';
import type { AssetContext } from './state.mts';

/** The assets of projects: add and remove. */
export const projectAssetHandlers: Handlers<AssetContext> = {
	attachProjectAsset: ({ params, body, caller }, context) => {
		const { id } = requireOwnProject(params.id, caller, context);
		const stored = requireAsset(body.assetId, caller, context);
		stored.asset = { ...stored.asset, projectId: id };
	},

	detachProjectAsset: ({ params, caller }, context) => {
		const { id } = requireOwnProject(params.id, caller, context);
		const stored = requireAsset(params.assetId, caller, context);
		if (stored.asset.projectId !== id) return;
		stored.asset = { ...stored.asset, projectId: null };
	},
};
