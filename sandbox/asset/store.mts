import { randomUUID } from 'node:crypto';

import type { operations } from '../../nodes/shared/api.ts';
import { ASSETS, COLLEAGUE_ID, generatedAsset, LIBRARY, OWNER_ID, type Asset } from './library.mts';
import { sampleKey } from '../storage/samples.mts';

type Filters = NonNullable<operations['countAssets']['parameters']['query']>;

/** An asset, and what the API knows of it without telling. */
export interface Holding {
	asset: Asset;
	ownerId: string;
	/** The later it came, the higher. */
	place: number;
	/** Where its file is in the storage; undefined for a file that is elsewhere. */
	key?: string;
	/** How it was registered; undefined for an asset that was not. */
	registered?: { apiKey: string; contentSha256?: string };
}

/** The extension of a file name, in lower case; null where there is none. */
export const formatOf = (name: string): string | null =>
	/\.(\w+)$/.exec(name)?.[1].toLowerCase() ?? null;

/**
 * An asset that comes into being.
 *
 * @param createdAt in the API's form
 * @param known what is known of it
 */
export const newAsset = (
	createdAt: string,
	known: Partial<Asset> & Pick<Asset, 'type'>,
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
	...known,
});

/** The assets of the organization, in the order in which they came. */
export class AssetStore {
	private readonly holdings = new Map<string, Holding>();

	private places = 0;

	private seeded = 0;

	constructor() {
		this.reset();
	}

	/** Leaves the library and nothing else. */
	reset(): void {
		this.holdings.clear();
		this.seeded = 0;
		for (const asset of LIBRARY) {
			this.addSample(asset, asset.id === ASSETS.shared ? COLLEAGUE_ID : OWNER_ID);
		}
	}

	/** Adds generated assets, `count` of them. */
	seed(count: number): void {
		const end = this.seeded + count;
		while (this.seeded < end) this.addSample(generatedAsset(this.seeded++), OWNER_ID);
	}

	private addSample(asset: Asset, ownerId: string): void {
		this.add({ asset, ownerId, key: sampleKey(asset.format) });
	}

	add(holding: Omit<Holding, 'place'>): void {
		this.holdings.set(holding.asset.id, { ...holding, place: this.places++ });
	}

	/** Those that a user may see: the user's own, and what others share. The earliest first. */
	visibleTo(userId: string): Holding[] {
		return [...this.holdings.values()].filter((holding) => isVisible(holding, userId));
	}

	/** The asset, if it is there and the user may see it. */
	get(id: string, userId: string): Holding | undefined {
		const holding = this.holdings.get(id.toLowerCase());
		return holding && isVisible(holding, userId) ? holding : undefined;
	}

	/** Those of the assets that are there, each once: the latest first, whatever the order of the IDs. */
	many(ids: string[], userId: string): Asset[] {
		const found = new Set(ids.flatMap((id) => this.get(id, userId) ?? []));
		return [...found].sort((a, b) => b.place - a.place).map(({ asset }) => asset);
	}

	/** Those of the assets that the user may see and that fit. */
	matching(filters: Filters, caller: { userId: string }): Asset[] {
		const { searchQuery = '', types = [], projectId, userId } = filters;
		const searched = searchQuery.toLowerCase();
		return this.visibleTo(caller.userId)
			.filter(
				({ asset, ownerId }) =>
					(asset.name ?? '').toLowerCase().includes(searched) &&
					(types.length === 0 || types.includes(asset.type)) &&
					(projectId === undefined || asset.projectId === projectId) &&
					(userId === undefined || ownerId === userId),
			)
			.map(({ asset }) => asset);
	}

	delete(id: string): void {
		this.holdings.delete(id);
	}

	/** Takes all assets out of a project. */
	leave(projectId: string): void {
		for (const holding of this.holdings.values()) {
			if (holding.asset.projectId === projectId) {
				holding.asset = { ...holding.asset, projectId: null };
			}
		}
	}
}

const isVisible = ({ asset, ownerId }: Holding, userId: string): boolean =>
	ownerId === userId || asset.visibility === 'ORGANIZATION';
