import type { INode } from 'n8n-workflow';

/** A node that is measured. */
export interface Subject {
	/** As the tables call it. */
	name: string;
	/** The node as a workflow has it, set for an API at `url`; its name and its place come from the benchmark. */
	node: (url: string) => Pick<INode, 'type' | 'typeVersion'> & Partial<INode>;
}

/** What a node gets, and the API it meets. */
export interface Input {
	/** How many items go into the node. Each has the ID of another asset in `assetId`. */
	items: number;
	/** How many of these assets the API does not have. */
	missing: number;
	/** What the API lets a key send in a minute; null for any number. */
	requestsPerMinute: number | null;
}

/** Several nodes that get the same. */
export interface Round extends Input {
	/** The heading of its table. */
	title: string;
	/** How often each node is measured. */
	repeat: number;
	/** Whether n8n is started anew for every run, so that a node pays with time and memory for nothing but itself. */
	freshN8n: boolean;
	subjects: Subject[];
}

/** What one run of a node gave. */
export interface Run {
	/** How long the node itself took by n8n's run data, in ms. */
	nodeMs: number;
	/** How long the whole execution took by n8n's clock, in ms. */
	workflowMs: number;
	/** Requests that came to the API, those it refused included. */
	requests: number;
	/** Requests that the API refused for its limit. */
	refused: number;
	/** The most requests that waited for their answer at the same time. */
	peakInFlight: number;
	/** Items on the error output, without those that the API answered with 404. */
	failedItems: number;
	/** The most memory that n8n's main process held, in bytes. */
	peakMemory: number;
}

/** All runs of one node in one round. */
export interface Result {
	round: Round;
	subject: Subject;
	runs: Run[];
}

/** What is to be reached, and what was. */
export interface Goal {
	what: string;
	/** The figures, in words; `not measured` where `reached` is undefined. */
	measured: string;
	reached?: boolean;
}

/** Which rounds to run. */
export interface Choice {
	/** How many items, each number once. */
	counts: number[];
	/** How often to measure what goes fast enough to be measured more than once. */
	repeat: number;
	/** With an API without a limit, or with one that has the real one's. */
	rates: Rate[];
}

export const RATES = ['unlimited', 'limited'] as const;

export type Rate = (typeof RATES)[number];

/** Nodes to be measured side by side, and what is expected of ours. */
export interface Comparison {
	title: string;
	/** What was measured how, and what was left out and why: one paragraph each. */
	notes: string[];
	/** The node that the others are compared with; part of every round. */
	baseline: Subject;
	/** All the nodes. */
	subjects: Subject[];
	rounds: (choice: Choice) => Round[];
	goals: (results: Result[]) => Goal[];
}
