import type { IN8nHttpFullResponse } from 'n8n-workflow';

/** An HTTP response. An object is sent as JSON, text as it is. */
export interface HttpResponse {
	status: number;
	body: object | string;
	headers?: Record<string, string>;
	/** Whether to send the body in small pieces with pauses in between. */
	inPieces?: boolean;
}

const nginx = (status: string): HttpResponse['body'] =>
	`<html>\r\n<head><title>${status}</title></head>\r\n<body>\r\n<center><h1>${status}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;

/** Responses other than an asset, from the API or from a gateway in front of it. */
export const RESPONSES = {
	keyInvalid: { status: 401, body: { message: 'Unauthorized', statusCode: 401 } },
	keyMissing: {
		status: 401,
		body: {
			message: 'Either Cookie or x-api-key header must be provided',
			error: 'Unauthorized',
			statusCode: 401,
		},
	},
	forbidden: {
		status: 403,
		body: {
			message: 'You do not have access to this asset',
			statusCode: 403,
			errorCode: 'asset_forbidden',
		},
	},
	firewall: {
		status: 403,
		body: nginx('403 Forbidden'),
		headers: { 'content-type': 'text/html' },
	},
	notFound: {
		status: 404,
		body: {
			statusCode: 404,
			message: 'Asset not found',
			errorCode: 'asset_not_found',
			suggestion: 'Check the asset id and that it belongs to your organization.',
		},
	},
	wrongAddress: {
		status: 404,
		body: { message: 'Cannot GET /api/v2/assets/x', error: 'Not Found', statusCode: 404 },
	},
	htmlNotFound: {
		status: 404,
		body: nginx('404 Not Found'),
		headers: { 'content-type': 'text/html' },
	},
	invalidId: {
		status: 400,
		body: {
			message: ['ids.0 must be a UUID', 'ids.1 must be a UUID'],
			error: 'Bad Request',
			statusCode: 400,
		},
	},
	unprocessable: {
		status: 422,
		body: {
			message: ['id must be a UUID'],
			error: 'Unprocessable Entity',
			statusCode: 422,
			errorCode: 'invalid_asset_id_format',
		},
	},
	rateLimited: {
		status: 429,
		body: {
			statusCode: 429,
			errorCode: 'rate_limit_exceeded',
			message: 'Rate limit exceeded. Please try again later.',
			error: 'Too Many Requests',
		},
	},
	concurrencyLimited: {
		status: 429,
		body: {
			statusCode: 429,
			errorCode: 'concurrency_limit_reached',
			message: 'Concurrency limit reached',
			activeGenerations: 3,
			concurrencyLimit: 3,
			retryAfterSeconds: 30,
			upgradeUrl: 'https://sync.so/pricing',
		},
	},
	internalError: {
		status: 500,
		body: {
			statusCode: 500,
			message: 'Internal server error',
			errorCode: 'internal_error',
			requestId: 'req_01JD8Z5W3K',
		},
	},
	badGateway: {
		status: 502,
		body: nginx('502 Bad Gateway'),
		headers: { 'content-type': 'text/html' },
	},
	unavailable: {
		status: 503,
		body: nginx('503 Service Temporarily Unavailable'),
		headers: { 'content-type': 'text/html' },
	},
	emptyError: { status: 500, body: '' },
	textError: { status: 500, body: 'upstream connect error', headers: { 'x-request-id': 'edge-7' } },
	moved: {
		status: 301,
		body: '',
		headers: { location: 'https://www.example.com/v2/assets/x' },
	},
	teapot: { status: 418, body: '' },
} satisfies Record<string, HttpResponse>;

/** Converts a response to the one that n8n's HTTP client returns. */
export const toFullResponse = ({
	status,
	body,
	headers = {},
}: HttpResponse): IN8nHttpFullResponse => ({
	statusCode: status,
	body,
	headers,
});
