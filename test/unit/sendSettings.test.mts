import type { IDataObject } from 'n8n-workflow';

import {
	parseConnection,
	parseItemSettings,
	readRunSettings,
} from '../../nodes/shared/transport/sendSettings.ts';

const readSettings = (options: IDataObject, requestOptions: IDataObject = {}) =>
	readRunSettings((name) => (name === 'options' ? options : requestOptions));

test('has defaults if nothing is set', () => {
	expect(readSettings({})).toEqual({
		maxConcurrent: 10,
		maxRetries: 5,
		timeout: 60,
		connection: {},
		combineLookups: true,
	});
});

test('reads the options', () => {
	const options = { maxConcurrent: 3, combineLookups: false, maxRetries: 0, timeout: 1 };
	expect(readSettings(options)).toMatchObject(options);
});

test.each<[string, IDataObject, IDataObject, number]>([
	['the default, if neither is set', {}, {}, 60],
	["the one in the node's settings, in ms", {}, { timeout: 1500 }, 1.5],
	['the one in Options, in s', { timeout: 7 }, {}, 7],
	['the one in Options, if both are set', { timeout: 7 }, { timeout: 1500 }, 7],
])('the timeout is %s', (_which, options, requestOptions, seconds) => {
	expect(parseItemSettings(options, requestOptions).timeout).toBe(seconds);
});

describe('a connection', () => {
	test.each<[string, IDataObject, object]>([
		['without settings', {}, {}],
		['with an empty proxy', { proxy: '' }, {}],
		['with certificate checks', { allowUnauthorizedCerts: false }, {}],
		[
			'without certificate checks',
			{ allowUnauthorizedCerts: true },
			{ skipSslCertificateValidation: true },
		],
		[
			'through a proxy',
			{ proxy: ' http://10.0.0.1:3128 ' },
			{ proxy: { host: '10.0.0.1', port: 3128, protocol: 'http' } },
		],
		[
			'through a proxy with a user and password',
			{ proxy: 'https://me:p%40ss@proxy.example.com' },
			{
				proxy: {
					host: 'proxy.example.com',
					port: 443,
					protocol: 'https',
					auth: { username: 'me', password: 'p@ss' },
				},
			},
		],
	])('%s', (_which, options, connection) => {
		expect(parseConnection(options)).toEqual(connection);
	});

	test.each(['proxy.example.com', '10.0.0.1:3128', 'ftp://x', 'http://', 7])(
		'the proxy %j is invalid',
		(proxy) => {
			expect(() => parseConnection({ proxy })).toThrow("'Proxy' is not a proxy URL");
		},
	);
});
