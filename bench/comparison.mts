import type { INode } from 'n8n-workflow';

import type { SandboxClient } from '../sandbox/client.mts';
import type { Column } from './columns.mts';

/** A node to measure, or several nodes in a row that together replace one of ours. */
export interface Contender {
	/** The name in the tables. */
	name: string;
	/** Creates the nodes for an API at `url`. */
	nodes: (url: string) => INode[];
}

/** What the nodes process, and the rate limit of the API. */
export interface Workload {
	/** The number of assets. Each contender outputs one item for each asset. */
	items: number;
	/** How many of these assets do not exist. */
	missing: number;
	/** The size of each asset's file in bytes. 0 if the files don't matter. */
	fileSize: number;
	/** The rate limit of the API. Null for no limit. */
	requestsPerMinute: number | null;
}

/** A workload, and the contenders to measure with it. */
export interface Scenario extends Workload {
	/** The title of its table. */
	title: string;
	/** How many times to measure each contender. */
	repetitions: number;
	/** Whether to restart n8n before every run, so that memory used by earlier runs doesn't distort the result. */
	freshN8n: boolean;
	contenders: Contender[];
}

/** The metrics of one run of a contender. */
export interface Run {
	/** The execution time of the contender's nodes in ms, from n8n's run data. */
	nodeMs: number;
	/** The duration of the whole execution in ms. */
	workflowMs: number;
	/** Requests that the API received, including refused ones. */
	requests: number;
	/** Requests that the API refused because of its rate limit. */
	refused: number;
	/** Maximum number of concurrent requests. */
	peakInFlight: number;
	/** Items on the error output, except those whose asset does not exist. */
	failedItems: number;
	/** Peak memory of n8n's main process in bytes. */
	peakMemory: number;
	/** Peak memory minus the memory before the run, in bytes. */
	memoryGrowth: number;
}

/** All runs of a contender in a scenario. */
export interface Result {
	scenario: Scenario;
	contender: Contender;
	runs: Run[];
}

/** A performance goal, and whether it was reached. */
export interface Goal {
	description: string;
	/** The measured value, with its unit. */
	measured: string;
	/** Undefined if the goal was not measured. */
	reached?: boolean;
}

/** The options that select scenarios. */
export interface ScenarioOptions {
	itemCounts: number[];
	/** In bytes. */
	fileSizes: number[];
	/** How many times to measure each contender, unless that takes too long. */
	repetitions: number;
	rateLimits: RateLimit[];
}

/** The values of the option `--rate`. */
export const RATE_LIMITS = ['unlimited', 'limited'] as const;

/** Whether the API has the rate limit of the real one. */
export type RateLimit = (typeof RATE_LIMITS)[number];

/** Measures contenders side by side. */
export interface Comparison {
	/** The name on the command line. */
	name: string;
	title: string;
	/** What is measured and how, and what is left out and why. One paragraph each. */
	notes: string[];
	/** The contender to compare the others with. It is part of every scenario. */
	baseline: Contender;
	contenders: Contender[];
	/** The workload to run before measuring, so that n8n has loaded and compiled what it needs. */
	warmUp: Workload;
	/** Prepares the API for a workload, and creates the nodes that provide the contender's input. */
	source: (workload: Workload, control: SandboxClient) => Promise<INode[]>;
	columns: Column[];
	scenarios: (options: ScenarioOptions) => Scenario[];
	goals: (results: Result[]) => Goal[];
}
