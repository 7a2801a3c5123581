import { UserError } from 'n8n-workflow';
import type { Failure } from './errors';
import { FailureError, nonEmptyText } from './errors';

/** A server that requests are sent to, for error messages. */
export interface TargetServer {
	/** As in `URL.host`. */
	host: string;
	/** Whether it is the Sync API that the credential names. Otherwise, it is a storage server. */
	isApi: boolean;
}

/**
 * The Sync API as a {@link TargetServer}; `api.sync.so` is shown as sync.so.
 *
 * @param baseUrl as `normalizeBaseUrl` returns it
 */
export function createApiServer(baseUrl: string): TargetServer {
	const { host } = new URL(baseUrl);
	return { host: host === 'api.sync.so' ? 'sync.so' : host, isApi: true };
}

/** What an error says to the user. */
interface Wording {
	message: string;
	hint: string;
}

const CHECK_BASE_URL = "Check the 'Base URL' in the Sync API credential";

/** What the user can do about an unreachable server. */
const unreachableHint = ({ isApi }: TargetServer): string =>
	isApi
		? `${CHECK_BASE_URL}, and n8n's internet connection`
		: 'sync.so stores files on this server. Check that no firewall or proxy blocks it for n8n.';

/** Messages and hints for failed connections, by Node's error code. */
const WORDING_BY_CODE: Record<string, (server: TargetServer) => Wording> = {
	ECONNABORTED: ({ host }) => ({
		message: `${host} did not respond in time`,
		hint: "Run the workflow again, or raise 'Timeout (Seconds)' under 'Options'",
	}),
	ECONNRESET: ({ host }) => ({
		message: `The connection to ${host} broke`,
		hint: "Check n8n's internet connection, then run the workflow again",
	}),
	ECONNREFUSED: (server) => ({
		message: `${server.host} refused the connection`,
		hint: unreachableHint(server),
	}),
	ENOTFOUND: (server) => ({
		message: `The server ${server.host} was not found`,
		hint: unreachableHint(server),
	}),
	EHOSTUNREACH: (server) => ({
		message: `${server.host} can't be reached`,
		hint: unreachableHint(server),
	}),
};
/** Codes that get the wording of another code. */
const CODE_ALIASES: Record<string, string> = {
	EADDRNOTAVAIL: 'EHOSTUNREACH',
	EAI_AGAIN: 'ENOTFOUND',
	ENETUNREACH: 'EHOSTUNREACH',
	EPIPE: 'ECONNRESET',
	// From axios: the response broke off.
	ERR_BAD_RESPONSE: 'ECONNRESET',
	// We aborted a stalled transfer.
	ERR_CANCELED: 'ECONNABORTED',
	ERR_STREAM_PREMATURE_CLOSE: 'ECONNRESET',
	ESOCKETTIMEDOUT: 'ECONNABORTED',
	ETIMEDOUT: 'ECONNABORTED',
};
/** Codes that mean the server can't be reached, and a retry may work. Nothing was sent, unless it was connected before. */
const UNREACHABLE_CODES = [
	'EADDRNOTAVAIL',
	'EAI_AGAIN',
	'ECONNREFUSED',
	'EHOSTUNREACH',
	'ENETUNREACH',
];
/** Codes that mean the server's certificate was rejected, before anything was sent. */
const CERTIFICATE_CODE =
	/^(CERT_.*|DEPTH_ZERO_.*|ERR_TLS_CERT_.*|HOSTNAME_MISMATCH|SELF_SIGNED_.*|UNABLE_TO_.*)$/;
/** Codes that mean the connection failed before anything was sent, and a retry won't help. */
const INVALID_HOST_CODES = ['ENOTFOUND', 'ERR_INVALID_URL'];
/** axios's messages for a response that broke off. n8n 1.x passes them on without a code. */
const CUT_OFF_MESSAGE = /\baborted\b|socket hang up/i;

/** Messages and hints for errors of n8n's own disk, by Node's error code. */
const WORDING_BY_DISK_CODE: Record<string, Wording> = {
	ENOSPC: {
		message: 'n8n has no space left to store the file',
		hint: 'Free up disk space on the server that runs n8n, then run the workflow again',
	},
	EACCES: {
		message: 'n8n has no permission to store the file in its folder',
		hint: 'Give n8n access to its file storage folder (N8N_STORAGE_PATH, by default in ~/.n8n)',
	},
	ENOENT: {
		message: "n8n can't store or read the file: its folder or the file is missing",
		hint: "Check n8n's file storage folder (N8N_STORAGE_PATH, by default in ~/.n8n)",
	},
	EMFILE: {
		message: 'n8n has too many files open',
		hint: 'Run fewer workflows with files at the same time, or raise the limit for open files',
	},
};
/** Disk codes that get the wording of another code. */
const DISK_CODE_ALIASES: Record<string, string> = {
	EDQUOT: 'ENOSPC',
	EISDIR: 'ENOENT',
	ENFILE: 'EMFILE',
	ENOTDIR: 'ENOENT',
	EPERM: 'EACCES',
	EROFS: 'EACCES',
};

const describeDiskError = (code: string): Wording | undefined =>
	WORDING_BY_DISK_CODE[DISK_CODE_ALIASES[code] ?? code];

/**
 * The error code from Node or axios; undefined if there is none. n8n 2.x keeps the original error as the cause; n8n 1.x
 * keeps only the code, as `httpCode`.
 */
function getErrorCode(error: unknown): string | undefined {
	const { code, cause, httpCode } = error as {
		code?: unknown;
		cause?: { code?: unknown };
		httpCode?: unknown;
	};
	const errorCode = cause?.code ?? code ?? httpCode;
	return typeof errorCode === 'string' && /^[A-Z]/.test(errorCode) ? errorCode : undefined;
}

/** The text of an error of an established connection. Part of the request may have been sent. */
const ESTABLISHED_MESSAGE = /\b(read|write) E[A-Z]+/;

/**
 * Whether an established connection failed, and not the attempt to connect: their codes can be the same. n8n replaces
 * the message of some codes. n8n 2.x then keeps the original one in the cause; n8n 1.x only in `messages`.
 */
function wasConnected(error: unknown): boolean {
	const { message, messages, cause } = (error ?? {}) as {
		message?: unknown;
		messages?: unknown;
		cause?: { message?: unknown };
	};
	return [message, messages, cause?.message]
		.flat()
		.some((text) => typeof text === 'string' && ESTABLISHED_MESSAGE.test(text));
}

/** Whether n8n, a node or a credential threw the error on purpose, before anything was sent. */
function isThrownBeforeSending(error: unknown): boolean {
	if (error instanceof FailureError || error instanceof UserError) return true;
	const { cause } = (error ?? {}) as { cause?: unknown };
	return cause !== undefined && cause !== error && isThrownBeforeSending(cause);
}

/**
 * Classifies an error that was thrown instead of a response. Without proof to the contrary, the request counts as sent:
 * n8n 1.x gives no code at all when a response breaks off.
 *
 * @returns `wasSent`: whether the request may have reached the server; `isRetryable`: whether a retry may work
 */
export function classifyError(error: unknown): { wasSent: boolean; isRetryable: boolean } {
	if (isThrownBeforeSending(error)) return { wasSent: false, isRetryable: false };
	const code = getErrorCode(error) ?? '';
	if (UNREACHABLE_CODES.includes(code)) {
		return { wasSent: wasConnected(error), isRetryable: true };
	}
	if (INVALID_HOST_CODES.includes(code) || CERTIFICATE_CODE.test(code)) {
		return { wasSent: false, isRetryable: false };
	}
	return { wasSent: true, isRetryable: describeDiskError(code) === undefined };
}

const SYNC_API: TargetServer = { host: 'sync.so', isApi: true };

/**
 * Converts an error that was thrown instead of a response: a failed connection, a problem with n8n's disk, or an
 * unusable credential.
 *
 * @param server the server that the request was for
 */
export function failureFromError(error: unknown, server = SYNC_API): Failure {
	if (error instanceof FailureError) return error.failure;
	const noResponse = { statusCode: 0, errorCode: null, requestId: null };
	const { message, description } = error as { message?: unknown; description?: unknown };
	const code = getErrorCode(error);
	if (code === undefined) {
		if (CUT_OFF_MESSAGE.test(String(message))) {
			return { ...noResponse, ...WORDING_BY_CODE.ECONNRESET(server) };
		}
		return {
			...noResponse,
			message: nonEmptyText(message) ?? 'The request could not be sent',
			hint: nonEmptyText(description),
		};
	}
	const wording = WORDING_BY_CODE[CODE_ALIASES[code] ?? code]?.(server) ?? describeDiskError(code);
	return { ...noResponse, ...(wording ?? describeUnknownCode(code, server)) };
}

function describeUnknownCode(code: string, { host }: TargetServer): Wording {
	return CERTIFICATE_CODE.test(code)
		? {
				message: `The certificate of ${host} is not valid (${code})`,
				hint: "If your network uses its own certificate, make n8n trust it (NODE_EXTRA_CA_CERTS), or turn on 'Ignore SSL Issues' under 'Request Options' in the node's settings",
			}
		: {
				message: `The response from ${host} can't be read (${code})`,
				hint: `Check that no proxy or firewall alters the traffic between n8n and ${host}`,
			};
}
