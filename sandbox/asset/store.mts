import type { operations } from '../../nodes/shared/api.ts';
import { matchesSearch } from '../core/search.mts';
import { canSee, COLLEAGUE_ID, OWNER_ID, type Caller } from '../core/users.mts';
import { sampleKey } from '../storage/sampleFiles.mts';
import { ASSETS, buildSeededAsset, LIBRARY } from './fixtures.mts';
import type { Asset } from './types.mts';

type Filters = NonNullable<operations['countAssets']['parameters']['query']>;

/** An asset, and what the API knows about it but does not return. */
export interface StoredAsset {
	asset: Asset;
	ownerId: string;
	/** Its position in the order of creation. */
	position: number;
	/** The storage key of its file; undefined if the file is not in the storage. */
	key?: string;
	/** For assets registered with the API: by which API key, and with which digest. */
	registered?: { apiKey: string; contentSha256?: string };
}

/** The assets of the organization, in the order of creation. */
export class AssetStore {
	private readonly assets = new Map<string, StoredAsset>();

	private nextPosition = 0;

	private seeded = 0;

	constructor() {
		this.reset();
	}

	/** Adds assets with the IDs from `seededAssetId`, continuing after those seeded before. */
	seed(count: number): void {
		const end = this.seeded + count;
		while (this.seeded < end) this.addWithSampleFile(buildSeededAsset(this.seeded++), OWNER_ID);
	}

	add(stored: Omit<StoredAsset, 'position'>): void {
		this.assets.set(stored.asset.id, { ...stored, position: this.nextPosition++ });
	}

	/** Gets all assets that the user can see, oldest first. */
	listVisible(userId: string): StoredAsset[] {
		return [...this.assets.values()].filter((stored) => isVisible(stored, userId));
	}

	/** Gets an asset that the user can see; undefined if there is none. */
	get(id: string, userId: string): StoredAsset | undefined {
		const stored = this.assets.get(id.toLowerCase());
		return stored && isVisible(stored, userId) ? stored : undefined;
	}

	/** Gets the assets that exist and that the user can see, newest first and without duplicates. */
	getMany(ids: string[], userId: string): Asset[] {
		const found = new Set(ids.flatMap((id) => this.get(id, userId) ?? []));
		return [...found].sort((a, b) => b.position - a.position).map(({ asset }) => asset);
	}

	/** Gets the assets that match the filters and that the caller can see, oldest first. */
	find(filters: Filters, caller: Pick<Caller, 'userId'>): Asset[] {
		const { searchQuery, types = [], projectId, userId } = filters;
		return this.listVisible(caller.userId)
			.filter(
				({ asset, ownerId }) =>
					matchesSearch(asset.name, searchQuery) &&
					(types.length === 0 || types.includes(asset.type)) &&
					(projectId === undefined || asset.projectId === projectId) &&
					(userId === undefined || ownerId === userId),
			)
			.map(({ asset }) => asset);
	}

	delete(id: string): void {
		this.assets.delete(id);
	}

	/** Removes all assets from a project, without deleting them. */
	removeAllFromProject(projectId: string): void {
		for (const stored of this.assets.values()) {
			if (stored.asset.projectId === projectId) {
				stored.asset = { ...stored.asset, projectId: null };
			}
		}
	}

	/** Restores the initial assets and removes all others. */
	reset(): void {
		this.assets.clear();
		this.seeded = 0;
		for (const asset of LIBRARY) {
			this.addWithSampleFile(asset, asset.id === ASSETS.shared ? COLLEAGUE_ID : OWNER_ID);
		}
	}

	private addWithSampleFile(asset: Asset, ownerId: string): void {
		this.add({ asset, ownerId, key: sampleKey(asset.format) });
	}
}

const isVisible = ({ asset, ownerId }: StoredAsset, userId: string): boolean =>
	canSee(userId, ownerId, asset.visibility);
