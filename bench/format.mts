import type { Workload } from './comparison.mts';

/** Formats a number, e.g. `10,000`. */
export const formatNumber = (value: number): string => value.toLocaleString('en-US');

/** Formats a size in bytes, e.g. `50 MiB` or `4 GiB`. */
export const formatFileSize = (bytes: number): string =>
	bytes % 1024 ** 3 === 0 ? `${bytes / 1024 ** 3} GiB` : `${Math.round(bytes / 1024 ** 2)} MiB`;

/** Formats the size of a workload: the file size if it has files, otherwise the number of items. */
export const formatWorkload = (workload: Workload): string =>
	workload.fileSize > 0
		? formatFileSize(workload.fileSize)
		: `${formatNumber(workload.items)} items`;
