/** One project per level; `npm test` runs the first three, `npm run test:e2e` the last. */
const project = (name, more = {}) => ({
	displayName: name,
	testEnvironment: 'node',
	testMatch: [`<rootDir>/test/${name}/**/*.test.mts`],
	moduleFileExtensions: ['mts', 'ts', 'mjs', 'js', 'cjs', 'json', 'node'],
	transform: {
		'^.+\\.m?ts$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
				module: { type: 'commonjs' },
			},
		],
	},
	...more,
});

export default {
	projects: [
		project('unit'),
		project('workflow', { setupFilesAfterEnv: ['<rootDir>/test/workflow/setup.mts'] }),
		project('contract'),
		project('e2e'),
	],
	// Generous: a test ends when its work does, and the machine may be busy with other work.
	testTimeout: 30_000,
	reporters: ['default', '<rootDir>/test/totalsReporter.mjs'],
};
