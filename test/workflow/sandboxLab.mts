import type { INode, INodeExecutionData } from 'n8n-workflow';

import type { Settings } from '../../sandbox/core/settings.mts';
import { type Sandbox, startSandbox } from '../../sandbox/server.mts';
import { CREDENTIAL } from './engine.mts';
import { type OperationResult, runOperation } from './runOperation.mts';
import type { NodeSettings } from './syncNode.mts';
import type { OnError } from './workflows.mts';

/**
 * Starts a sandbox for the tests of a block and runs operations on it. The sandbox is reset after each test, and every
 * request must fit the API contract.
 */
export class SandboxLab {
	sandbox!: Sandbox;

	/** @param settings of the sandbox, which outlast a reset */
	constructor(settings: Partial<Settings> = {}) {
		beforeAll(async () => {
			this.sandbox = await startSandbox(settings);
		});
		afterAll(async () => await this.sandbox.close());
		afterEach(async () => {
			const { violations } = await this.control.getTotals();
			await this.control.reset();
			expect(violations).toEqual([]);
		});
	}

	get control() {
		return this.sandbox.control;
	}

	/** A credential for the sandbox. */
	get credential() {
		return { ...CREDENTIAL, apiKey: this.sandbox.apiKey, baseUrl: this.sandbox.url };
	}

	/** Runs an operation, for one empty item unless others are given. */
	async run(
		settings: NodeSettings,
		items?: INodeExecutionData[],
		onError?: OnError,
		more?: Partial<INode>,
	): Promise<OperationResult> {
		return await runOperation(this, settings, items, onError, more);
	}

	/** Lists the operations of the API that were requested, in order. */
	async listOperationIds(): Promise<Array<string | null>> {
		return (await this.control.listRequests()).map(({ operationId }) => operationId);
	}
}
