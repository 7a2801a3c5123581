import { BadRequestError } from './errors.mts';

const encodeCursor = (start: number): string => Buffer.from(`start:${start}`).toString('base64url');

function decodeCursor(cursor: string): number {
	const [, start] = /^start:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
	if (start === undefined) throw new BadRequestError(['cursor is not valid']);
	return Number(start);
}

/**
 * Gets one page of a list.
 *
 * @param limit maximum number of items. Default: 10
 * @param cursor the `nextCursor` of the previous page; undefined for the first page
 * @throws BadRequestError if the cursor is invalid
 */
export function paginate<Item>(
	all: Item[],
	{ limit = 10, cursor }: { limit?: number; cursor?: string },
): { items: Item[]; nextCursor: string | null } {
	const start = cursor === undefined ? 0 : decodeCursor(cursor);
	const end = start + limit;
	return { items: all.slice(start, end), nextCursor: end < all.length ? encodeCursor(end) : null };
}
