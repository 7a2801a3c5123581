import { ASSETS, LIBRARY } from '../../../../sandbox/asset/fixtures.mts';
import type { Asset } from '../../../../sandbox/asset/types.mts';
import { SandboxClient } from '../../../../sandbox/client.mts';
import { readContract } from '../../../../sandbox/core/contract.mts';
import { buildSandbox } from '../../../../sandbox/server.mts';
import { RESPONSES } from '../../../unit/responses.mts';

test('the examples in the contract are valid', () => {
	const contract = readContract();
	const { examples } = contract;
	expect(examples.length).toBeGreaterThan(20);
	expect(
		examples.flatMap(({ operation, part, value }) =>
			contract
				.validate(operation, part, value)
				.map((problem) => `${operation} ${part}: ${problem}`),
		),
	).toEqual([]);
});

test('a response that violates the contract is logged and becomes a 500', async () => {
	const invalid = { ...LIBRARY[0], size: 'huge' } as unknown as Asset;
	const app = await buildSandbox({ getAsset: () => invalid }, 'key');
	const url = await app.listen({ host: '127.0.0.1', port: 0 });
	const headers = { 'x-api-key': 'key' };
	const response = await fetch(`${url}/v2/assets/${ASSETS.image}`, { headers });
	const body: unknown = await response.json();
	const { violations } = await new SandboxClient(url).getTotals();
	await app.close();
	expect({ status: response.status, body }).toEqual({
		status: 500,
		body: { ...RESPONSES.internalError.body, requestId: expect.any(String) as string },
	});
	expect(violations).toEqual([expect.stringContaining('size must be integer')]);
});
