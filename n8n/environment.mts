import path from 'node:path';

import { cleanEnvironment } from './npm.mts';
import type { InstalledN8n } from './install.mts';

/** Settings of the person's own n8n, and the API key for the demo: none of it must reach our n8n. */
const FOREIGN =
	/^(N8N|DB|EXECUTIONS|QUEUE|WEBHOOK|CREDENTIALS|EXTERNAL|WORKFLOWS|OFFLOAD|TASK_BROKER|SYNC)_|^GENERIC_TIMEZONE$/;

/** No word to n8n's servers, no banners, no questions: the same in a locked-down CI as on a desk. */
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

/** The package under test is not on npm, so n8n must load it from the folder and not look it up there. */
const PACKAGES: NodeJS.ProcessEnv = {
	N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_REINSTALL_MISSING_PACKAGES: 'false',
};

/**
 * n8n 2.x's way to keep SQLite, for 1.x too. Its own old way stores an execution's status some milliseconds before the
 * data, so that whoever asks in between gets an execution that has ended and holds nothing.
 */
const DATABASE: NodeJS.ProcessEnv = { DB_SQLITE_POOL_SIZE: '3' };

/** Room for executions with tens of thousands of items, and every execution kept. */
const BIG_DATA: NodeJS.ProcessEnv = {
	N8N_PAYLOAD_SIZE_MAX: '256',
	EXECUTIONS_DATA_MAX_DISPLAY_SIZE: String(1024 ** 3),
	EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'all',
	EXECUTIONS_DATA_SAVE_ON_ERROR: 'all',
	EXECUTIONS_DATA_SAVE_MANUAL_EXECUTIONS: 'true',
	EXECUTIONS_DATA_PRUNE: 'false',
};

/** Where an n8n listens and keeps its data. */
export interface Place {
	port: number;
	/** The port on which n8n talks to its own task runner. */
	brokerPort: number;
	userFolder: string;
}

/** The environment for an n8n of ours; `more` has the last word. */
export function n8nEnvironment(
	installed: InstalledN8n,
	{ port, brokerPort, userFolder }: Place,
	more: NodeJS.ProcessEnv = {},
): NodeJS.ProcessEnv {
	const own = Object.entries(cleanEnvironment()).filter(([name]) => !FOREIGN.test(name));
	const { PATH, NO_PROXY, ...rest } = Object.fromEntries(own);
	return {
		...rest,
		// n8n starts its task runner as `node`.
		PATH: [path.dirname(installed.node), PATH].join(path.delimiter),
		NO_PROXY: ['127.0.0.1', 'localhost', NO_PROXY].filter(Boolean).join(','),
		...QUIET,
		...PACKAGES,
		...DATABASE,
		...BIG_DATA,
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
		...more,
	};
}
