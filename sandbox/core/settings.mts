/** How the sandbox behaves. Every setting can be changed while it runs. */
export interface Settings {
	/** How long to delay every response of the API and of the file storage, in milliseconds. */
	latencyMs: number;

	/** Maximum number of requests per minute for each API key; null for no limit. */
	requestsPerMinute: number | null;
	/** The same for creating upload URLs, which doesn't count as a request. */
	uploadsPerMinute: number | null;
	/** The same for creating generations, which doesn't count as a request. */
	generationsPerMinute: number | null;
	/** The same for creating speech, which doesn't count as a request. */
	speechesPerMinute: number | null;
	/** The same for creating speech jobs, which doesn't count as a request. */
	speechJobsPerMinute: number | null;
	/** The same for cloning voices, per hour. */
	clonesPerHour: number | null;
	/** Whether a rate limit error has a Retry-After header. */
	sendRetryAfter: boolean;

	/** The status for an asset ID that is not a UUID. The real one is unknown. */
	invalidIdStatus: 400 | 404 | 422;
	/** Whether `getAssetsByIds` is available. With a status, it fails with that status. */
	getAssetsByIds: 'on' | 403 | 404 | 405 | 501;
	/** How long an upload URL is valid, in seconds; 0 for URLs that have already expired. */
	uploadExpiresIn: number;
	/** How long a download URL is valid, in seconds. */
	downloadExpiresIn: number;
	/** The largest file that the plan allows, in bytes; null for no limit. */
	planFileSizeLimit: number | null;
	/** The status for registering a file that was not uploaded. The real one is unknown. */
	missingUploadStatus: 404 | 422;
	/**
	 * Which digest an uploaded asset is found by: the one sent with its registration, or that of the stored file. It is
	 * unknown which one the real API uses.
	 */
	dedupeBy: 'registered' | 'stored';
	/** Whether an asset can be registered with a digest. It is uncertain whether the real API allows this. */
	digestAtRegistration: 'accepted' | 'refused';

	/** Maximum number of generations of the organization that are PENDING or PROCESSING; null for no limit. */
	concurrency: number | null;
	/** The `retryAfterSeconds` of the error when the limit is reached. */
	concurrencyRetryAfter: number;
	/** How long a generation is PENDING, in milliseconds; null for forever. */
	pendingMs: number | null;
	/** How long it is PROCESSING after that, in milliseconds; null for forever. */
	processingMs: number | null;
	/** The field with the error code of a generation: as in the API reference, or as in the official client. */
	failureCodeField: 'errorCode' | 'error_code';
	/** The status for an input whose asset does not exist. The real one is unknown. */
	missingInputStatus: 404 | 422;
	/** Whether estimating from model and duration is available. With a status, it fails with that status. */
	costEstimate: 'on' | 404 | 422;
	/** The same for estimating from a whole request, which is the older operation. */
	costAnalysis: 'on' | 404 | 422;

	/** Whether webhooks are sent. When off, they get lost. */
	webhooks: 'on' | 'off';
	/** How long to delay webhooks, in milliseconds. */
	webhookDelayMs: number;

	/** Whether the plan includes batches. With a status, creating them fails with that status. */
	batchPlan: 'on' | 402 | 403;
	/** Maximum number of batches that have not ended; null for no limit. */
	batchConcurrency: number | null;
	/** How long a batch waits before its generations are created, in milliseconds; null for forever. */
	batchPendingMs: number | null;
	/** The status for two rows with the same `request_id`. The real one is unknown. */
	duplicateRowStatus: 400 | 422;
	/** The format of the rows in a batch result; see `batch/serializers.mts`. The real one is unknown. */
	batchResultRows: 'nested' | 'flat';

	/** Maximum number of voice clones in the plan; null for no limit. */
	voiceCloneLimit: number | null;
	/** The minimum duration of a voice sample, in seconds. The real one is unknown. */
	voiceSampleMinSeconds: number;

	/** Whether speech jobs are available. The real API responds with a 503 to organizations without them. */
	speechJobs: 'on' | 503;
	/** How long a speech job is PENDING, in milliseconds. */
	speechPendingMs: number;
	/** How long it is PROCESSING after that, in milliseconds. */
	speechProcessingMs: number;
	/** The final status of speech jobs. */
	speechOutcome: 'SUCCESS' | 'FAILED';

	/**
	 * Whether transcriptions and dialogue edits are available. With a status, creating them fails with that status. Only 422
	 * and 503, of dialogue edits, are documented.
	 */
	dialogue: 'on' | 403 | 404 | 422 | 503;
	/** How long a transcription is PENDING, in milliseconds. */
	transcriptionPendingMs: number;
	/** How long it is PROCESSING after that, in milliseconds. */
	transcriptionProcessingMs: number;
	/** The final status of transcriptions. */
	transcriptionOutcome: 'COMPLETED' | 'FAILED';
	/** How long a dialogue edit is PENDING, in milliseconds. */
	dialogueEditPendingMs: number;
	/** How long it is PROCESSING after that, in milliseconds. */
	dialogueEditProcessingMs: number;
	/** The final status of dialogue edits. */
	dialogueEditOutcome: 'COMPLETED' | 'COMPLETED_PARTIAL' | 'FAILED';
}

/** The default settings. The concurrency is that of the Creator plan. */
export const DEFAULT_SETTINGS: Settings = {
	latencyMs: 0,
	requestsPerMinute: 600,
	uploadsPerMinute: 120,
	generationsPerMinute: 60,
	speechesPerMinute: 60,
	speechJobsPerMinute: 60,
	clonesPerHour: 10,
	sendRetryAfter: true,
	invalidIdStatus: 400,
	getAssetsByIds: 'on',
	uploadExpiresIn: 3600,
	downloadExpiresIn: 3600,
	planFileSizeLimit: null,
	missingUploadStatus: 422,
	dedupeBy: 'registered',
	digestAtRegistration: 'accepted',
	concurrency: 3,
	concurrencyRetryAfter: 5,
	pendingMs: 300,
	processingMs: 700,
	failureCodeField: 'errorCode',
	missingInputStatus: 404,
	costEstimate: 'on',
	costAnalysis: 'on',
	webhooks: 'on',
	webhookDelayMs: 0,
	batchPlan: 'on',
	batchConcurrency: null,
	batchPendingMs: 200,
	duplicateRowStatus: 422,
	batchResultRows: 'nested',
	voiceCloneLimit: null,
	voiceSampleMinSeconds: 1,
	speechJobs: 'on',
	speechPendingMs: 200,
	speechProcessingMs: 800,
	speechOutcome: 'SUCCESS',
	dialogue: 'on',
	transcriptionPendingMs: 200,
	transcriptionProcessingMs: 800,
	transcriptionOutcome: 'COMPLETED',
	dialogueEditPendingMs: 200,
	dialogueEditProcessingMs: 800,
	dialogueEditOutcome: 'COMPLETED',
};
