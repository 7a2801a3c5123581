/** execa and what it imports: ES modules, which Jest can't load from CommonJS before Node.js 24.9. */
const ES_MODULES = [
	'execa',
	'@sec-ant/readable-stream',
	'@sindresorhus/merge-streams',
	'figures',
	'get-stream',
	'human-signals',
	'is-plain-obj',
	'is-stream',
	'is-unicode-supported',
	'npm-run-path',
	'parse-ms',
	'path-key',
	'pretty-ms',
	'strip-final-newline',
	'unicorn-magic',
	'yoctocolors',
];

const toCommonJs = (syntax) => [
	'@swc/jest',
	{ jsc: { parser: { syntax }, target: 'es2022' }, module: { type: 'commonjs' } },
];

/** One project per level; `npm test` runs all but the last, `npm run test:e2e` runs that. */
const project = (name, more = {}) => ({
	displayName: name,
	testEnvironment: 'node',
	testMatch: [`<rootDir>/test/${name}/**/*.test.mts`],
	moduleFileExtensions: ['mts', 'ts', 'mjs', 'js', 'cjs', 'json', 'node'],
	transform: {
		'^.+\\.m?ts$': toCommonJs('typescript'),
		'/node_modules/.+\\.js$': toCommonJs('ecmascript'),
	},
	transformIgnorePatterns: [`/node_modules/(?!(${ES_MODULES.join('|')})/)`],
	// It exports nothing to CommonJS.
	moduleNameMapper: { '^unicorn-magic$': '<rootDir>/node_modules/unicorn-magic/node.js' },
	...more,
});

/** For tests that run workflows with n8n's engine. */
const WITH_ENGINE = { setupFilesAfterEnv: ['<rootDir>/test/workflow/setup.mts'] };

export default {
	projects: [
		project('unit'),
		project('workflow', WITH_ENGINE),
		project('fuzz', WITH_ENGINE),
		project('contract'),
		project('e2e'),
	],
	// Generous, because the machine may be busy.
	testTimeout: 30_000,
	reporters: ['default', '<rootDir>/test/totalsReporter.mjs'],
};
