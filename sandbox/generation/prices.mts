import type { components } from '../../nodes/shared/api.ts';

/** The price per second of output without a plan, in US dollars, as of August 2026. */
export const PRICES: Record<components['schemas']['Model'], number> = {
	'sync-3': 0.133,
	'lipsync-2': 0.05,
	'lipsync-2-pro': 0.083,
	'lipsync-1.9.0-beta': 0.025,
	'react-1': 0.167,
};
