import { Cleanup } from '../../demo/cleanup.mts';

test('everything is closed, even if some of it fails', async () => {
	const closed: string[] = [];
	const cleanup = new Cleanup();
	const add = (name: string, error?: Error) =>
		cleanup.add({
			close: async () => {
				closed.push(name);
				await (error ? Promise.reject(error) : Promise.resolve());
			},
		});
	add('api');
	add('n8n', new Error('n8n remains'));
	add('services');
	expect(await cleanup.run()).toEqual(['n8n remains']);
	expect(closed).toEqual(['api', 'n8n', 'services']);
});
