/** How the sandbox behaves; changeable while it runs. */
export interface Settings {
	/** Every answer of the API and of its storage waits so long, in ms. */
	latencyMs: number;
	/** What a key may send in a minute; null for any number. */
	requestsPerMinute: number | null;
	/** Upload URLs that a key may ask for in a minute, which do not count as requests; null for any number. */
	uploadsPerMinute: number | null;
	/** Generations that a key may create in a minute, which do not count as requests; null for any number. */
	generationsPerMinute: number | null;
	/** The same for speeches, for speech jobs, and, in an hour, for clones of voices. */
	speechesPerMinute: number | null;
	speechJobsPerMinute: number | null;
	clonesPerHour: number | null;
	/** Whether a 429 of a rate limit says how long to wait. */
	retryAfter: boolean;
	/** Generations of the organization that may be PENDING or PROCESSING at once; null for any number. */
	concurrency: number | null;
	/** How long the answer of a generation too many says to wait, in seconds. */
	concurrencyRetryAfter: number;
	/** How long a generation is PENDING, in ms; null: for ever. */
	pendingMs: number | null;
	/** How long it is PROCESSING after that, in ms; null: for ever. */
	processingMs: number | null;
	/** What the code of a generation that did not complete is called: newest name, or that of the official client. */
	failureCodeField: 'errorCode' | 'error_code';
	/** Whether a webhook is sent when a generation is final, or lost. */
	webhooks: 'on' | 'off';
	/** How long after that it is sent, in ms. */
	webhookDelayMs: number;
	/** The status for an asset ID that is not a UUID: the real one is not known. */
	badIdStatus: 400 | 404 | 422;
	/** Whether several assets can be asked for at once; a status: this is refused with it. */
	batch: 'on' | 403 | 404 | 405 | 501;
	/** How long an upload URL is good for, in seconds; 0: it has expired when it is given. */
	uploadExpiresIn: number;
	/** How long a download URL is good for, in seconds. */
	downloadExpiresIn: number;
	/** The largest file that the plan allows, in bytes; null for any size. */
	planFileSizeLimit: number | null;
	/** The status for registering what was not uploaded: the real one is not known. */
	missingUploadStatus: 404 | 422;
	/** The status for an input whose asset is not there: the real one is not known. */
	missingInputStatus: 404 | 422;
	/**
	 * The digest by which an upload is found, the source of the real one being unknown: `registered`, the one that came
	 * with the registration (an asset registered without can't be found), or `stored`, that of the stored file.
	 */
	dedupeBy: 'registered' | 'stored';
	/** Whether a digest at registration is accepted: whether the real API knows the field is not sure. */
	digestAtRegistration: 'accepted' | 'refused';
	/** How many clones of voices the plan allows; null for any number. */
	voiceCloneLimit: number | null;
	/** What a voice needs at least to be cloned, in seconds: the real one is not known. */
	voiceSampleMinSeconds: number;
	/** Whether the plan has batches; a status: they are refused with it. */
	batchPlan: 'on' | 402 | 403;
	/** Batches that may be on their way at once; null for any number. */
	batchConcurrency: number | null;
	/** How long a batch is PENDING, in ms, until its generations are made; 0: it never is, null: for ever. */
	batchPendingMs: number | null;
	/** The status for a row of a batch whose `request_id` another one has: the real one is not known. */
	badRowStatus: 400 | 422;
	/** What the rows of a result file look like: `batchViews.mts` has both. */
	batchResultRows: 'nested' | 'flat';
	/** Whether the organization has speech jobs, which are being rolled out: without them they get a 503. */
	speechJobs: 'on' | 503;
	/** For how long a speech job is PENDING, and then PROCESSING, in ms; how it ends. */
	speechPendingMs: number;
	speechProcessingMs: number;
	speechOutcome: 'SUCCESS' | 'FAILED';
	/** Whether there is an estimate from model and duration; 404: no such address, 422: no estimate can be had. */
	costEstimate: 'on' | 404 | 422;
	/** The same for an estimate from a whole request, the older form. */
	costAnalysis: 'on' | 404 | 422;
}

/** Those of a sandbox that is told nothing else. */
export const DEFAULTS: Settings = {
	latencyMs: 0,
	requestsPerMinute: 600,
	uploadsPerMinute: 120,
	generationsPerMinute: 60,
	speechesPerMinute: 60,
	speechJobsPerMinute: 60,
	clonesPerHour: 10,
	retryAfter: true,
	// The plan Creator.
	concurrency: 3,
	concurrencyRetryAfter: 5,
	pendingMs: 300,
	processingMs: 700,
	failureCodeField: 'errorCode',
	webhooks: 'on',
	webhookDelayMs: 0,
	badIdStatus: 400,
	batch: 'on',
	uploadExpiresIn: 3600,
	downloadExpiresIn: 3600,
	planFileSizeLimit: null,
	missingUploadStatus: 422,
	missingInputStatus: 404,
	dedupeBy: 'registered',
	digestAtRegistration: 'accepted',
	voiceCloneLimit: null,
	voiceSampleMinSeconds: 1,
	batchPlan: 'on',
	batchConcurrency: null,
	batchPendingMs: 200,
	badRowStatus: 422,
	batchResultRows: 'nested',
	speechJobs: 'on',
	speechPendingMs: 200,
	speechProcessingMs: 800,
	speechOutcome: 'SUCCESS',
	costEstimate: 'on',
	costAnalysis: 'on',
};
