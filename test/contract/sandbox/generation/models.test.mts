import { ApiLab } from '../apiLab.mts';

const api = new ApiLab();

test('the models are those of the API reference', async () => {
	const { body } = await api.request<Array<{ id: string }>>('/v2/models');
	expect(body.map(({ id }) => id)).toEqual([
		'sync-3',
		'lipsync-2',
		'lipsync-2-pro',
		'lipsync-1.9.0-beta',
		'react-1',
	]);
});
