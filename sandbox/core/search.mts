/** Whether a name contains the search text, ignoring case. */
export const matchesSearch = (name: string | null | undefined, searchQuery = ''): boolean =>
	(name ?? '').toLowerCase().includes(searchQuery.toLowerCase());
