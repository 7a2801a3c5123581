import type { Example } from '../../demo/examples.mts';
import { type LocalServices, startLocalServices } from '../../demo/localServices.mts';
import { type ExampleRun, runExample } from '../../demo/run.mts';
import type { Lab } from './n8nLab.mts';

/** Runs the examples. */
export interface ExampleLab {
	run: (example: Example) => Promise<ExampleRun>;
}

/** Starts what the examples use besides sync.so, for the tests of a block. */
export function useExamples(lab: Lab): ExampleLab {
	let services: LocalServices;
	beforeAll(async () => {
		services = await startLocalServices();
		await services.createCredentials(lab.client);
	});
	afterAll(async () => await services?.close());
	return {
		run: async (example) => await runExample(lab.client, lab.api, example, services.mails),
	};
}
