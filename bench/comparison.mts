import type { INode } from 'n8n-workflow';

import type { SandboxClient } from '../sandbox/client.mts';
import type { Column } from './columns.mts';

/** A node that is measured, or several in a row that do together what one of ours does. */
export interface Subject {
	/** As the tables call it. */
	name: string;
	/** The nodes, set for an API at `url`. */
	nodes: (url: string) => INode[];
}

/** What goes through the nodes, and the API it meets. */
export interface Input {
	/** How many assets it is about: so many items come out, each for another asset. */
	items: number;
	/** How many of these assets the API does not have. */
	missing: number;
	/** How large the file of each asset is, in bytes; 0 where the files do not matter. */
	fileSize: number;
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

/** What one run of a subject gave. */
export interface Run {
	/** How long its nodes themselves took by n8n's run data, in ms. */
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
	/** How much more that is than it held before, in bytes. */
	memoryGrowth: number;
}

/** All runs of one subject in one round. */
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
	/** How large the files are, in bytes, each size once. */
	fileSizes: number[];
	/** How often to measure what goes fast enough to be measured more than once. */
	repeat: number;
	/** With an API without a limit, or with one that has the real one's. */
	rates: Rate[];
}

export const RATES = ['unlimited', 'limited'] as const;

export type Rate = (typeof RATES)[number];

/** Subjects to be measured side by side, and what is expected of ours. */
export interface Comparison {
	/** As the command line calls it. */
	name: string;
	title: string;
	/** What was measured how, and what was left out and why: one paragraph each. */
	notes: string[];
	/** The one that the others are compared with; part of every round. */
	baseline: Subject;
	/** All the subjects. */
	subjects: Subject[];
	/** What they do before they are measured, so that n8n has loaded and compiled what it needs. */
	warmUp: Input;
	/** Adds to the API what the input is about, and gives the nodes that hand it to the subject. */
	source: (input: Input, control: SandboxClient) => Promise<INode[]>;
	/** The figures that count. */
	columns: Column[];
	rounds: (choice: Choice) => Round[];
	goals: (results: Result[]) => Goal[];
}
