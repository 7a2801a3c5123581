import { BadRequest } from './errors.mts';

const asCursor = (start: number): string => Buffer.from(`start:${start}`).toString('base64url');

function startOf(cursor: string): number {
	const [, start] = /^start:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
	if (start === undefined) throw new BadRequest(['cursor is not valid']);
	return Number(start);
}

/**
 * One page of a list.
 *
 * @param limit how many items at most; default 10
 * @param cursor where the page before ended; none for the first one
 * @throws BadRequest for a cursor that no page ended with
 */
export function page<Item>(
	all: Item[],
	{ limit = 10, cursor }: { limit?: number; cursor?: string },
): { items: Item[]; nextCursor: string | null } {
	const start = cursor === undefined ? 0 : startOf(cursor);
	const end = start + limit;
	return { items: all.slice(start, end), nextCursor: end < all.length ? asCursor(end) : null };
}
