import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IN8nHttpFullResponse,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { authenticate } from '../../../credentials/SyncApi.credentials';
import { failureFromResponse } from './errors';
import type { TargetServer } from './networkErrors';
import { createApiServer, failureFromError } from './networkErrors';

const TIMEOUT_MS = 20_000;

/**
 * Tests the Sync API credential for n8n: lists the models, which is the cheapest request that requires an API key.
 *
 * This isn't a declarative test, because n8n would only show a code such as `ECONNREFUSED` if it failed.
 */
export async function testSyncApi(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	// The only HTTP helper that n8n offers in credential tests.
	const { request } = this.helpers;
	let server: TargetServer | undefined;
	try {
		const { baseURL, url, headers } = await authenticate(credential.data ?? {}, {
			url: '/v2/models',
		});
		server = createApiServer(String(baseURL));
		const response = (await request({
			method: 'GET',
			uri: `${baseURL}${url}`,
			headers,
			json: true,
			timeout: TIMEOUT_MS,
			followRedirect: false,
			simple: false,
			resolveWithFullResponse: true,
		})) as IN8nHttpFullResponse;
		if (response.statusCode === 200 && Array.isArray(response.body)) {
			return { status: 'OK', message: 'Connection successful!' };
		}
		const { message, hint } =
			response.statusCode === 200
				? {
						message: "The server at the 'Base URL' is not the Sync API",
						hint: "Check the 'Base URL'",
					}
				: failureFromResponse(response);
		return { status: 'Error', message: `${message}. ${hint}` };
	} catch (error) {
		const { message, hint } = failureFromError(error, server);
		return { status: 'Error', message: [message, hint].filter(Boolean).join('. ') };
	}
}
