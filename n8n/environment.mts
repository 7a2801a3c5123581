import path from 'node:path';

import type { InstalledN8n } from './install.mts';
import { cleanEnvironment } from './npm.mts';

/** Settings of the user's own n8n, and the API key for the demo, which must not reach our n8n. */
const NOT_INHERITED =
	/^(N8N|DB|EXECUTIONS|QUEUE|WEBHOOK|CREDENTIALS|EXTERNAL|WORKFLOWS|OFFLOAD|TASK_BROKER|SYNC)_|^GENERIC_TIMEZONE$/;

/** No requests to n8n's servers, no banners, no surveys, so that n8n behaves the same offline. */
const QUIET: NodeJS.ProcessEnv = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_ONBOARDING_FLOW_DISABLED: 'true',
	N8N_AI_ENABLED: 'false',
	EXTERNAL_FRONTEND_HOOKS_URLS: '',
	NO_COLOR: '1',
};

/** The package under test isn't on npm, so n8n must not try to install it from there. */
const PACKAGES: NodeJS.ProcessEnv = {
	N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_REINSTALL_MISSING_PACKAGES: 'false',
};

/**
 * The SQLite mode of n8n 2.x, for 1.x too. The mode that is the default in 1.x stores the status of an execution some
 * milliseconds before its data, so a client could see a finished execution without data.
 */
const DATABASE: NodeJS.ProcessEnv = { DB_SQLITE_POOL_SIZE: '3' };

/** Allows executions with tens of thousands of items, and keeps all executions. */
const EXECUTIONS: NodeJS.ProcessEnv = {
	N8N_PAYLOAD_SIZE_MAX: '256',
	EXECUTIONS_DATA_MAX_DISPLAY_SIZE: String(1024 ** 3),
	EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'all',
	EXECUTIONS_DATA_SAVE_ON_ERROR: 'all',
	EXECUTIONS_DATA_SAVE_MANUAL_EXECUTIONS: 'true',
	EXECUTIONS_DATA_PRUNE: 'false',
};

/** Where an n8n listens and keeps its data. */
export interface Location {
	port: number;
	/** The port that n8n's task runner connects to. */
	brokerPort: number;
	userFolder: string;
}

/** Returns the environment variables for an n8n. Those in `overrides` take precedence. */
export function buildEnvironment(
	installed: InstalledN8n,
	{ port, brokerPort, userFolder }: Location,
	overrides: NodeJS.ProcessEnv = {},
): NodeJS.ProcessEnv {
	const inherited = Object.entries(cleanEnvironment()).filter(
		([name]) => !NOT_INHERITED.test(name),
	);
	const { PATH, NO_PROXY, ...rest } = Object.fromEntries(inherited);
	return {
		...rest,
		// n8n starts its task runner as `node`.
		PATH: [path.dirname(installed.node), PATH].join(path.delimiter),
		NO_PROXY: ['127.0.0.1', 'localhost', NO_PROXY].filter(Boolean).join(','),
		...QUIET,
		...PACKAGES,
		...DATABASE,
		...EXECUTIONS,
		N8N_USER_FOLDER: userFolder,
		N8N_HOST: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PROTOCOL: 'http',
		N8N_SECURE_COOKIE: 'false',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_SSRF_PROTECTION_ENABLED: 'false',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
		GENERIC_TIMEZONE: 'UTC',
		...overrides,
	};
}
