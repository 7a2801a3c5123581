import { randomUUID } from 'node:crypto';

import type { operations } from '../../nodes/shared/api.ts';
import { COLLEAGUE_ID, OWNER_ID, type Caller } from '../core/users.mts';
import { sampleKey } from '../storage/sampleFiles.mts';
import { ASSETS, LIBRARY, seededAsset, type Asset } from './fixtures.mts';

type Filters = NonNullable<operations['countAssets']['parameters']['query']>;

/** An asset, and what the API knows about it but does not return. */
export interface StoredAsset {
	asset: Asset;
	ownerId: string;
	/** Its position in the order of creation. */
	position: number;
	/** The storage key of its file; undefined if the file is not in the storage. */
	key?: string;
	/** Only for assets that were registered: by which API key, and with which digest. */
	registered?: { apiKey: string; contentSha256?: string };
}

/** Gets the extension of a file name, in lower case; null if it has none. */
export const fileExtension = (fileName: string): string | null =>
	/\.(\w+)$/.exec(fileName)?.[1].toLowerCase() ?? null;

/**
 * Creates an asset. Every field that is not given is null or has its default.
 *
 * @param createdAt in ISO 8601
 */
export const newAsset = (
	createdAt: string,
	fields: Partial<Asset> & Pick<Asset, 'type'>,
): Asset => ({
	id: randomUUID(),
	createdAt,
	updatedAt: createdAt,
	visibility: 'USER',
	name: null,
	url: null,
	size: null,
	format: null,
	inputType: 'UPLOAD',
	durationSeconds: null,
	thumbnailUrl: null,
	width: null,
	height: null,
	projectId: null,
	...fields,
});

/** The assets of the organization, in the order of creation. */
export class AssetStore {
	private readonly assets = new Map<string, StoredAsset>();

	private nextPosition = 0;

	private seeded = 0;

	constructor() {
		this.reset();
	}

	/** Adds assets whose IDs `assetIdAt` returns, after those seeded before. */
	seed(count: number): void {
		const end = this.seeded + count;
		while (this.seeded < end) this.addSample(seededAsset(this.seeded++), OWNER_ID);
	}

	add(stored: Omit<StoredAsset, 'position'>): void {
		this.assets.set(stored.asset.id, { ...stored, position: this.nextPosition++ });
	}

	/** Gets every asset that the user can see: the user's own and shared ones, oldest first. */
	visibleTo(userId: string): StoredAsset[] {
		return [...this.assets.values()].filter((stored) => isVisible(stored, userId));
	}

	/** Gets an asset that the user can see. */
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
		const { searchQuery = '', types = [], projectId, userId } = filters;
		const search = searchQuery.toLowerCase();
		return this.visibleTo(caller.userId)
			.filter(
				({ asset, ownerId }) =>
					(asset.name ?? '').toLowerCase().includes(search) &&
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
	emptyProject(projectId: string): void {
		for (const stored of this.assets.values()) {
			if (stored.asset.projectId === projectId) {
				stored.asset = { ...stored.asset, projectId: null };
			}
		}
	}

	/** Removes every asset except those in the library, which get their original state. */
	reset(): void {
		this.assets.clear();
		this.seeded = 0;
		for (const asset of LIBRARY) {
			this.addSample(asset, asset.id === ASSETS.shared ? COLLEAGUE_ID : OWNER_ID);
		}
	}

	private addSample(asset: Asset, ownerId: string): void {
		this.add({ asset, ownerId, key: sampleKey(asset.format) });
	}
}

const isVisible = ({ asset, ownerId }: StoredAsset, userId: string): boolean =>
	ownerId === userId || asset.visibility === 'ORGANIZATION';
