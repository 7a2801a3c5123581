import { type IDataObject, type ILoadOptionsFunctions, NodeApiError } from 'n8n-workflow';

import { createProject } from '../../nodes/shared/fields/projectLocator.ts';
import { FakeServer } from './fakeServer.mts';
import { type HttpResponse, RESPONSES } from './responses.mts';

const CREATED: HttpResponse = { status: 201, body: { id: 'project-1', name: 'Spring' } };

/** Creates a project from the list of a project field, with the text in its search box. */
async function create(payload: IDataObject | undefined, response = CREATED) {
	const server = new FakeServer(() => response);
	const outcome = await createProject
		.call(server.context as unknown as ILoadOptionsFunctions, payload)
		.catch((error: NodeApiError) => error);
	return { outcome, requests: server.requests };
}

test.each<[string, IDataObject | undefined, string]>([
	['the text in the search box', { name: ' Spring ' }, 'Spring'],
	['no text', { name: '' }, 'New project'],
	['no payload', undefined, 'New project'],
])('with %s, creates a project and returns its ID', async (_what, payload, name) => {
	const { outcome, requests } = await create(payload);
	expect(outcome).toBe('project-1');
	expect(requests).toMatchObject([{ method: 'POST', url: '/v2/projects', body: { name } }]);
});

test.each<[string, HttpResponse, string]>([
	['the key is rejected', RESPONSES.keyInvalid, 'sync.so rejected the API key'],
	['there is no ID', { status: 201, body: {} }, 'The response from sync.so is not a project'],
])('is an error that n8n can show if %s', async (_what, response, message) => {
	const { outcome, requests } = await create({ name: 'Spring' }, response);
	expect(outcome).toBeInstanceOf(NodeApiError);
	expect(outcome).toMatchObject({ message, description: expect.stringMatching(/./) as string });
	expect(requests).toHaveLength(1);
});
