// Made from api/openapi.yaml by `npm run generate`.

export interface paths {
    "/v2/assets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List assets */
        get: operations["listAssets"];
        put?: never;
        /** Register an asset */
        post: operations["createAsset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/assets/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a presigned upload URL
         * @description 120 requests per minute.
         */
        post: operations["createAssetUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/assets/uploaded": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find an asset by content digest
         * @description Newest live asset registered with the same API key, digest and type. Other keys do not match, even in the same organisation.
         */
        get: operations["findUploadedAsset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/assets/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count assets */
        get: operations["countAssets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/assets/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Get several assets */
        post: operations["getAssetsByIds"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/assets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an asset
         * @description Documented errors: 401, 404, 500. 400/422 are listed because the error catalog has invalid_asset_id_format (status not seen).
         */
        get: operations["getAsset"];
        put?: never;
        post?: never;
        /** Delete an asset */
        delete: operations["deleteAsset"];
        options?: never;
        head?: never;
        /** Update an asset */
        patch: operations["updateAsset"];
        trace?: never;
    };
    "/v2/assets/{id}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a download URL */
        get: operations["getAssetDownloadUrl"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List generations
         * @description SDK 0.3.0 path.
         */
        get: operations["listGenerations"];
        put?: never;
        /**
         * Create a generation
         * @description 404 is listed because the catalog has asset_not_found with it; for an asset in a request body 422 may come as well (status not seen).
         */
        post: operations["createGeneration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/generations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List generations
         * @description Path named in the newest API overview.
         */
        get: operations["listGenerationsAlias"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/generate/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a generation */
        get: operations["getGeneration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/generations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a generation (alias, no wait/include) */
        get: operations["getGenerationAlias"];
        put?: never;
        post?: never;
        /** Delete a finished generation */
        delete: operations["deleteGeneration"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/generations/{id}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the output download URL */
        get: operations["getGenerationDownloadUrl"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/generations/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count generations */
        get: operations["countGenerations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/generations/estimate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Estimate cost from model and duration
         * @description Newest form; fetches no media.
         */
        post: operations["estimateGeneration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/generate/estimate-cost": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Estimate cost from model and duration
         * @description Alias of POST /v2/generations/estimate.
         */
        post: operations["estimateGenerationAlias"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/analyze/cost": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Estimate cost from a full request (older)
         * @description Used by SDK 0.3.0 and the Premiere plugin; absent from the newest page.
         */
        post: operations["analyzeCost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/generate/{id}/costs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get recorded costs of a generation */
        get: operations["getGenerationCosts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/usage/generations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List recorded costs in a time range */
        get: operations["listGenerationCosts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List batches */
        get: operations["listBatches"];
        put?: never;
        /**
         * Create a batch
         * @description Scale plan or higher.
         */
        post: operations["createBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/batch/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a batch */
        get: operations["getBatch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/batches/{id}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow outputUrl to the result file
         * @description Seen only as the value of outputUrl; whether it needs the key was not documented.
         */
        get: operations["getBatchResult"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List models */
        get: operations["listModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/voices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List voices */
        get: operations["listVoices"];
        put?: never;
        /**
         * Clone a voice
         * @description 10 requests per hour per key.
         */
        post: operations["cloneVoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/voices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a voice */
        get: operations["getVoice"];
        put?: never;
        post?: never;
        /** Delete a cloned voice */
        delete: operations["deleteVoice"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/tts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Synthesize speech
         * @description 60 requests per minute.
         */
        post: operations["createTts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/tts/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submit a speech job
         * @description Rollout-gated: 503 when the organisation is not enabled.
         */
        post: operations["createTtsJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/tts/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a speech job */
        get: operations["getTtsJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List projects */
        get: operations["listProjects"];
        put?: never;
        /** Create a project */
        post: operations["createProject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/projects/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a project */
        get: operations["getProject"];
        put?: never;
        post?: never;
        /** Delete a project */
        delete: operations["deleteProject"];
        options?: never;
        head?: never;
        /** Update a project */
        patch: operations["updateProject"];
        trace?: never;
    };
    "/v2/projects/{id}/assets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Attach an asset to a project */
        post: operations["attachProjectAsset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/projects/{id}/assets/{assetId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Detach an asset */
        delete: operations["detachProjectAsset"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/transcriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Transcribe media
         * @description Exactly one of the two URLs; media must be in Sync storage. Free. An identical source returns the existing job.
         */
        post: operations["createTranscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/transcriptions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a transcription */
        get: operations["getTranscription"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/dialogue-edits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview word edits
         * @description Rollout-gated for API keys: 422 dialogue_edit_unsupported or dialogue_edit_retime_required, or 503 generation_infra_service_unavailable. Normal billing applies.
         */
        post: operations["createDialogueEdit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/dialogue-edits/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a dialogue edit */
        get: operations["getDialogueEdit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List error codes */
        get: operations["listErrorCodes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/organizations/webhook/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the webhook signing secret */
        get: operations["getWebhookSecret"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report a problem
         * @description 30 per minute per caller; unknown fields give 400.
         */
        post: operations["submitFeedback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/healthcheck": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Health check
         * @description Path from the 2025-03 backend spec; the newest overview still lists a healthcheck endpoint. Whether it needs a key was not documented.
         */
        get: operations["healthcheck"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    batchFinished: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Batch completed or failed
         * @description Sent to webhook_url; signed with Sync-Signature.
         */
        post: operations["batchWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        ErrorBody: {
            /** @description Human text; some validation failures give an array of strings. */
            message: string | string[];
            /** @description HTTP status repeated in the body. */
            statusCode: number;
            /** @description HTTP reason phrase (NestJS style). Present on some errors, absent on others (e.g. invalid key). */
            error?: string;
            /** @description Stable machine code; branch on this. Absent on plain framework errors such as 401. */
            errorCode?: string;
            /** @description Suggested fix. */
            suggestion?: string;
            /** @description Request field the error refers to, e.g. projectId. */
            field?: string;
            /** @description Support correlation id; documented at least on internal_error. */
            requestId?: string;
            /** @description Only on concurrency_limit_reached. */
            activeGenerations?: number;
            /** @description Only on concurrency_limit_reached. */
            concurrencyLimit?: number;
            /** @description Only on concurrency_limit_reached. */
            retryAfterSeconds?: number;
            /** @description Only on concurrency_limit_reached. */
            upgradeUrl?: string;
            /** @description May be present on IDEMPOTENCY_OUTCOME_UNKNOWN. */
            generationId?: string;
            /** @description Batch rows: 1-based line of the refused record (dialogue edit refusals). */
            lineNumber?: number;
        } & {
            [key: string]: unknown;
        };
        /** @enum {string} */
        AssetType: "AUDIO" | "VIDEO" | "IMAGE";
        /** @enum {string} */
        Visibility: "USER" | "ORGANIZATION";
        /** @enum {string} */
        AssetInputType: "UPLOAD" | "URL" | "RECORD" | "TTS" | "EXTRACT" | "PLATFORM_IMPORT";
        Asset: {
            /**
             * Format: uuid
             * @description Asset id; examples and the backend spec use UUIDs.
             */
            id: string;
            /** @description File name. */
            name?: string | null;
            type: components["schemas"]["AssetType"];
            /** @description Seconds; audio/video. */
            durationSeconds?: number | null;
            /** @description Extension, e.g. mp4, wav. */
            format?: string | null;
            /**
             * Format: int64
             * @description Bytes.
             */
            size?: number | null;
            /** @description Pixels; video/image. */
            width?: number | null;
            /** @description Pixels; video/image. */
            height?: number | null;
            /** @description URL of the media. */
            url?: string | null;
            thumbnailUrl?: string | null;
            inputType?: components["schemas"]["AssetInputType"] | null;
            visibility: components["schemas"]["Visibility"];
            /** @description Echo of the project the asset was filed under, or null (Projects guide; newer than SDK 0.3.0). */
            projectId?: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        } & {
            [key: string]: unknown;
        };
        PaginatedAssets: {
            items: components["schemas"]["Asset"][];
            nextCursor?: string | null;
            totalCount?: number | null;
        };
        CreateAssetUploadRequest: {
            fileName: string;
            /** @description MIME type */
            contentType: string;
            /** @description Bytes. Single upload cap 5 GiB, and the plan limit. */
            size: number;
        };
        CreateAssetUploadResponse: {
            /**
             * Format: uri
             * @description Presigned PUT URL
             */
            uploadUrl: string;
            /**
             * Format: uri
             * @description Final public URL to register
             */
            url: string;
            /** @description Seconds until uploadUrl expires (guide sample 3600; 604800 observed live in July 2026). */
            expiresIn: number;
        };
        CreateAssetRequest: {
            /** Format: uri */
            url: string;
            type: components["schemas"]["AssetType"];
            name?: string;
            /** @default USER */
            visibility: components["schemas"]["Visibility"];
            /** Format: uuid */
            projectId?: string;
            /** @description INFERRED: not seen in a stored Create Asset page; Find Uploaded Asset implies a digest is stored at registration. */
            contentSha256?: string;
        } & {
            [key: string]: unknown;
        };
        UpdateAssetRequest: {
            name?: string;
            visibility?: components["schemas"]["Visibility"];
            durationSeconds?: number;
            /** Format: int64 */
            size?: number;
            format?: string;
            width?: number;
            height?: number;
        };
        BatchGetAssetsRequest: {
            /** @description One asset id, or 1-100 ids. */
            ids: string | string[];
        };
        /** @enum {string} */
        Model: "sync-3" | "lipsync-2" | "lipsync-2-pro" | "lipsync-1.9.0-beta" | "react-1";
        /** @enum {string} */
        GenerationStatus: "PENDING" | "PROCESSING" | "COMPLETED" | "FAILED" | "REJECTED";
        /** @enum {string} */
        SyncMode: "bounce" | "loop" | "cut_off" | "silence" | "remap";
        VideoInput: {
            /** @constant */
            type: "video";
            /** Format: uri */
            url?: string;
            assetId?: string;
            refId?: string;
            /** @deprecated */
            segments_secs?: number[][];
            /** @deprecated */
            segments_frames?: number[][];
        } & (unknown | unknown);
        /** @description sync-3 only. */
        ImageInput: {
            /** @constant */
            type: "image";
            /** Format: uri */
            url?: string;
            assetId?: string;
            refId?: string;
        } & (unknown | unknown);
        AudioInput: {
            /** @constant */
            type: "audio";
            /** Format: uri */
            url?: string;
            assetId?: string;
            refId?: string;
        } & (unknown | unknown);
        TextInput: {
            /** @constant */
            type: "text";
            provider: {
                /** @enum {string} */
                name: "elevenlabs";
                voiceId: string;
                /** @description Up to 5000 characters. */
                script: string;
                /** @default 0.5 */
                stability: number;
                /** @default 0.75 */
                similarityBoost: number;
            };
            refId?: string;
        };
        Input: components["schemas"]["VideoInput"] | components["schemas"]["ImageInput"] | components["schemas"]["AudioInput"] | components["schemas"]["TextInput"];
        ActiveSpeaker: {
            /** @default false */
            auto_detect: boolean;
            v3?: boolean;
            frame_number?: number;
            /** @description [x, y] in source pixels, not normalised. */
            coordinates?: number[];
            bounding_boxes?: (number[] | null)[];
            /** Format: uri */
            bounding_boxes_url?: string;
        };
        GenerationOptions: {
            /** @default bounce */
            sync_mode: components["schemas"]["SyncMode"];
            /**
             * @description react-1 only.
             * @default face
             * @enum {string}
             */
            model_mode: "lips" | "face" | "head";
            /**
             * @description react-1 only.
             * @enum {string}
             */
            prompt?: "happy" | "sad" | "angry" | "disgusted" | "surprised" | "neutral";
            /**
             * @description lipsync-2 and lipsync-2-pro.
             * @default 0.5
             */
            temperature: number;
            active_speaker_detection?: components["schemas"]["ActiveSpeaker"];
            /**
             * @description Not used by sync-3.
             * @default false
             */
            occlusion_detection_enabled: boolean;
        } & {
            [key: string]: unknown;
        };
        Segment: {
            startTime: number;
            endTime: number;
            audioInput: {
                refId: string;
                startTime?: number;
                endTime?: number;
            };
            optionsOverride?: components["schemas"]["GenerationOptions"];
        };
        DubParams: {
            /** @enum {string} */
            providerName: "elevenlabs";
            /** @description Language code (93 values). */
            targetLang: string;
            /**
             * @description Same list plus auto.
             * @default auto
             */
            sourceLang: string;
            /** @deprecated */
            numSpeakers?: number;
        };
        CreateGenerationRequest: {
            model: components["schemas"]["Model"];
            /** @description Exactly one visual input plus audio/text; with dubParams, one video and no audio/text. */
            input: components["schemas"]["Input"][];
            options?: components["schemas"]["GenerationOptions"];
            segments?: components["schemas"]["Segment"][];
            /**
             * Format: uri
             * @description HTTPS.
             */
            webhookUrl?: string;
            /** @description No extension; letters, digits, _ and -. */
            outputFileName?: string;
            dubParams?: components["schemas"]["DubParams"];
            /** Format: uuid */
            projectId?: string;
            /** @description Early access; see dialogue edits. */
            dialogueEdit?: {
                [key: string]: unknown;
            };
        };
        MultipartGenerationRequest: {
            video?: string;
            image?: string;
            audio?: string;
            model: components["schemas"]["Model"];
            /** @description JSON string of the list, or one part with the JSON string of each item (SDK 0.3.0). Files are inputs of their own. */
            input?: string;
            /** @description JSON string */
            options?: string;
            /** @description JSON string */
            segments?: string;
            /** @description JSON string */
            dubParams?: string;
            /** @description JSON string */
            dialogueEdit?: string;
            webhookUrl?: string;
            outputFileName?: string;
            projectId?: string;
        };
        Generation: {
            id: string;
            status: components["schemas"]["GenerationStatus"];
            /** @description Signed URL; do not edit it. */
            outputUrl?: string | null;
            outputDuration?: number | null;
            model: components["schemas"]["Model"];
            outputFileName?: string | null;
            error?: string | null;
            errorCode?: string | null;
            input: components["schemas"]["Input"][];
            options?: components["schemas"]["GenerationOptions"] | null;
            segments?: components["schemas"]["Segment"][] | null;
            segmentOutputUrl?: string | null;
            /** @description TTS take, reusable as audio input. */
            synthesizedAudioUrl?: string | null;
            projectId?: string | null;
            webhookUrl?: string | null;
            /** Format: date-time */
            createdAt: string;
            /**
             * @deprecated
             * @description SDK 0.3.0 / webhook spelling.
             */
            error_code?: string | null;
            /** @description With include=progress. */
            progress_percent?: number | null;
        } & {
            [key: string]: unknown;
        };
        EstimateRequest: {
            model: string;
            duration: number;
            /** @default 30 */
            fps: number;
            reasoningEnabled?: boolean;
        };
        Estimate: {
            estimatedFrameCount: number;
            /** @description USD */
            estimatedGenerationCost: number;
            estimatedCredits?: number | null;
        };
        GenerationCost: {
            generationId: string;
            generationStatus: string;
            /** @constant */
            currency: "USD";
            /** @enum {string} */
            availability: "complete" | "pending" | "partial" | "unavailable";
            totalCostUsd: string | null;
            knownSubtotalUsd: string;
            retryAfterSeconds: number | null;
            components?: Record<string, never>[];
        } & {
            [key: string]: unknown;
        };
        /** @enum {string} */
        BatchStatus: "PENDING" | "JOBS_CREATED" | "PROCESSING" | "COMPLETED" | "FAILED";
        BatchMetrics: {
            total_generations: number;
            success_count: number;
            failed_count: number;
            pending_count: number;
        };
        Batch: {
            id: string;
            /** Format: date-time */
            created_at: string;
            status: components["schemas"]["BatchStatus"];
            metrics: components["schemas"]["BatchMetrics"];
            /** @description Empty until done; GET answers 302 to a signed JSONL URL. */
            outputUrl: string;
            webhookUrl?: string | null;
        };
        BatchValidated: {
            /** @constant */
            status: "VALIDATED";
        };
        BatchRow: {
            /** @description Unique in the batch. */
            request_id: string;
            /** @constant */
            endpoint: "/v2/generate";
            payload: components["schemas"]["CreateGenerationRequest"];
        };
        ModelInfo: {
            id: string;
            name: string;
            /** @enum {string} */
            type: "lipsync" | "react";
            version: string;
            description?: string | null;
            /** Format: date-time */
            deprecatedAt?: string | null;
        };
        Voice: {
            id?: string | null;
            internalVoiceId?: string | null;
            voiceId?: string | null;
            name?: string | null;
            /** @enum {string} */
            provider: "elevenlabs";
            previewUrl?: string | null;
        };
        CloneVoiceRequest: {
            name: string;
            /** @enum {string} */
            provider: "elevenlabs";
            /**
             * Format: uri
             * @description Sync-hosted URL only.
             */
            url?: string;
            assetId?: string;
        };
        TtsRequest: {
            script: string;
            voiceId: string;
            /** @enum {string} */
            provider: "elevenlabs";
            stability?: number;
            similarityBoost?: number;
        };
        TtsResult: {
            id: string;
            /** Format: uri */
            url: string;
            duration: number;
        };
        TtsJob: {
            id: string;
            /** @enum {string} */
            status: "PENDING" | "PROCESSING" | "SUCCESS" | "FAILED";
            /** Format: date-time */
            createdAt: string;
            url?: string | null;
            duration?: number | null;
            error?: {
                [key: string]: unknown;
            } | null;
            /** Format: date-time */
            startedAt?: string | null;
            /** Format: date-time */
            finishedAt?: string | null;
        };
        Project: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            name?: string | null;
            description?: string | null;
            visibility: components["schemas"]["Visibility"];
            /** @enum {string} */
            mode: "CREATOR" | "DEVELOPER";
            defaultWorkflow?: ("lipsync" | "translate_and_dub" | "change_appearance" | "image_to_video" | "edit_dialogue" | "assistant" | "timeline") | null;
        } & {
            [key: string]: unknown;
        };
        CreateProjectRequest: {
            name: string;
            /** Format: uuid */
            id?: string;
            description?: string;
            /** @default USER */
            visibility: components["schemas"]["Visibility"];
            /**
             * @default CREATOR
             * @enum {string}
             */
            mode: "CREATOR" | "DEVELOPER";
            /** @enum {string} */
            defaultWorkflow?: "lipsync" | "translate_and_dub" | "change_appearance" | "image_to_video" | "edit_dialogue" | "assistant" | "timeline";
        };
        UpdateProjectRequest: {
            name?: string;
            description?: string;
            visibility?: components["schemas"]["Visibility"];
            /** @enum {string} */
            mode?: "CREATOR" | "DEVELOPER";
            /** @enum {string} */
            defaultWorkflow?: "lipsync" | "translate_and_dub" | "change_appearance" | "image_to_video" | "edit_dialogue" | "assistant" | "timeline";
        };
        ErrorCatalogEntry: {
            code: string;
            message: string;
            suggestion?: string;
        } & {
            [key: string]: unknown;
        };
        GenerationWebhook: {
            id: string;
            /** Format: date-time */
            createdAt: string;
            /** @enum {string} */
            status: "COMPLETED" | "FAILED";
            model: components["schemas"]["Model"];
            input: components["schemas"]["Input"][];
            options?: components["schemas"]["GenerationOptions"] | null;
            outputUrl?: string | null;
            segmentOutputUrl?: string | null;
            outputDuration?: number | null;
            webhookUrl?: string | null;
            error?: string | null;
            error_code?: string | null;
        } & {
            [key: string]: unknown;
        };
        CreateTranscriptionRequest: {
            /** Format: uri */
            sourceVideoUrl?: string;
            /** Format: uri */
            sourceAudioUrl?: string;
            startMs?: number;
            /** @description The window can't exceed 60 minutes. */
            endMs?: number;
            maxSourceSeconds?: number;
        };
        Transcript: {
            segments: ({
                id: string;
                words: ({
                    id: string;
                    text: string;
                    /** @description From the beginning of the source. */
                    startMs: number;
                    endMs: number;
                    speakerId?: string | null;
                } & {
                    [key: string]: unknown;
                })[];
            } & {
                [key: string]: unknown;
            })[];
        } & {
            [key: string]: unknown;
        };
        Transcription: {
            id: string;
            /** @enum {string} */
            status: "PENDING" | "PROCESSING" | "COMPLETED" | "FAILED";
            /** @description A Transcript, once COMPLETED. */
            transcript?: {
                [key: string]: unknown;
            } | null;
            speakerCount?: number | null;
            sourceVideoUrl?: string | null;
            sourceStartMs?: number | null;
            sourceEndMs?: number | null;
            /** @description code and message. */
            error?: {
                [key: string]: unknown;
            } | null;
            /** Format: date-time */
            createdAt?: string;
        } & {
            [key: string]: unknown;
        };
        DialogueEditOperation: {
            /** @enum {string} */
            kind: "change" | "remove";
            /** @description change: the word to replace. */
            wordId?: string;
            /** @description change: the new text. */
            replacement?: string;
            /** @description change: optional hint. */
            pronunciation?: string;
            /** @description remove: contiguous words. */
            wordIds?: string[];
        };
        CreateDialogueEditRequest: {
            /** Format: uri */
            sourceVideoUrl: string;
            transcript: components["schemas"]["Transcript"];
            edits: components["schemas"]["DialogueEditOperation"][];
            /** @description The clone from an earlier preview of the same source. */
            voiceId?: string;
        } & {
            [key: string]: unknown;
        };
        DialogueEdit: {
            id: string;
            /** @enum {string} */
            status: "PENDING" | "PROCESSING" | "COMPLETED" | "COMPLETED_PARTIAL" | "FAILED";
            previewAudioUrl?: string | null;
            /** @description What a COMPLETED_PARTIAL preview lacks. */
            partialDetail?: {
                [key: string]: unknown;
            } | null;
            /** @description code and message. */
            error?: {
                [key: string]: unknown;
            } | null;
            edits?: components["schemas"]["DialogueEditOperation"][] | null;
            /** @description A Transcript with the timing of the preview. */
            resultTranscript?: {
                [key: string]: unknown;
            } | null;
            /** @description The edited regions. */
            resultSlots?: {
                [key: string]: unknown;
            }[] | null;
            sourceVideoUrl?: string | null;
            voiceId?: string | null;
            /** Format: date-time */
            createdAt?: string;
        } & {
            [key: string]: unknown;
        };
        AnyObject: {
            [key: string]: unknown;
        };
    };
    responses: {
        /** @description Validation failed. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "statusCode": 400,
                 *       "message": [
                 *         "ids must contain at least 1 elements"
                 *       ],
                 *       "error": "Bad Request"
                 *     }
                 */
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Missing or bad key. Two shapes were observed: missing header (has error) and bad key (message + statusCode only). */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "message": "Unauthorized",
                 *       "statusCode": 401
                 *     }
                 */
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Billing or plan state blocks the call. */
        PaymentRequired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "statusCode": 402,
                 *       "message": "Free tier generations exhausted",
                 *       "errorCode": "free_tier_generations_exhausted"
                 *     }
                 */
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Not allowed for this key. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "statusCode": 403,
                 *       "message": "You do not have permission to modify this asset",
                 *       "errorCode": "asset_forbidden"
                 *     }
                 */
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Unknown id, or not visible to this organisation. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "statusCode": 404,
                 *       "message": "Asset not found",
                 *       "errorCode": "asset_not_found"
                 *     }
                 */
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Conflicts with current state. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "statusCode": 409,
                 *       "message": "Generation is still processing",
                 *       "errorCode": "generation_not_deletable_while_processing"
                 *     }
                 */
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Body or file too large. */
        PayloadTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "statusCode": 413,
                 *       "message": "File too large",
                 *       "errorCode": "generation_input_validation_failed"
                 *     }
                 */
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Well formed but refused. */
        Unprocessable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "statusCode": 422,
                 *       "message": "The provided video URL is inaccessible.",
                 *       "errorCode": "generation_input_video_inaccessible",
                 *       "suggestion": "Make the URL publicly fetchable or upload an asset."
                 *     }
                 */
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Rate limit or concurrency limit; read errorCode. */
        TooManyRequests: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "statusCode": 429,
                 *       "errorCode": "rate_limit_exceeded",
                 *       "message": "Rate limit exceeded. Please try again later.",
                 *       "error": "Too Many Requests"
                 *     }
                 */
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Unexpected failure. */
        ServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "statusCode": 500,
                 *       "message": "Internal server error",
                 *       "errorCode": "internal_error",
                 *       "requestId": "req_123"
                 *     }
                 */
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Dependency or rollout unavailable. */
        Unavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "statusCode": 503,
                 *       "message": "Service unavailable",
                 *       "errorCode": "generation_infra_service_unavailable"
                 *     }
                 */
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Upstream provider timeout. */
        GatewayTimeout: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "statusCode": 504,
                 *       "message": "ElevenLabs timed out",
                 *       "errorCode": "elevenlabs_service_unavailable"
                 *     }
                 */
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAssets: {
        parameters: {
            query?: {
                /** @description Only this project. */
                projectId?: string;
                /** @description Only assets of this owner (backend spec). */
                userId?: string;
                /** @description Page size. */
                limit?: number;
                /** @description Opaque cursor from nextCursor. */
                cursor?: string;
                /** @description Match on name. */
                searchQuery?: string;
                /** @description Sort order. */
                sortBy?: "nameAsc" | "nameDesc" | "dateAsc" | "dateDesc" | "durationAsc" | "durationDesc" | "sizeAsc" | "sizeDesc" | "kindAsc" | "kindDesc";
                /** @description Comma-separated or repeated. */
                types?: components["schemas"]["AssetType"][];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Page of assets */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "550e8400-e29b-41d4-a716-446655440000",
                     *           "createdAt": "2026-01-15T09:30:00.000Z",
                     *           "updatedAt": "2026-01-15T09:30:05.000Z",
                     *           "type": "VIDEO",
                     *           "visibility": "USER",
                     *           "name": "speaker.mp4",
                     *           "url": "https://assets.sync.so/uploads/example/speaker.mp4",
                     *           "size": 8388608,
                     *           "format": "mp4",
                     *           "inputType": "UPLOAD",
                     *           "durationSeconds": 12.48,
                     *           "thumbnailUrl": null,
                     *           "width": 1920,
                     *           "height": 1080,
                     *           "projectId": null
                     *         }
                     *       ],
                     *       "nextCursor": null,
                     *       "totalCount": 1
                     *     }
                     */
                    "application/json": components["schemas"]["PaginatedAssets"];
                };
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    createAsset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://assets.sync.so/uploads/example/speaker.mp4",
                 *       "type": "VIDEO",
                 *       "name": "speaker.mp4"
                 *     }
                 */
                "application/json": components["schemas"]["CreateAssetRequest"];
            };
        };
        responses: {
            /** @description Registered (status 201 assumed from Create Upload; treat any 2xx as success) */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "550e8400-e29b-41d4-a716-446655440000",
                     *       "createdAt": "2026-01-15T09:30:00.000Z",
                     *       "updatedAt": "2026-01-15T09:30:05.000Z",
                     *       "type": "VIDEO",
                     *       "visibility": "USER",
                     *       "name": "speaker.mp4",
                     *       "url": "https://assets.sync.so/uploads/example/speaker.mp4",
                     *       "size": 8388608,
                     *       "format": "mp4",
                     *       "inputType": "UPLOAD",
                     *       "durationSeconds": 12.48,
                     *       "thumbnailUrl": null,
                     *       "width": 1920,
                     *       "height": 1080,
                     *       "projectId": null
                     *     }
                     */
                    "application/json": components["schemas"]["Asset"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    createAssetUpload: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "fileName": "speaker.mp4",
                 *       "contentType": "video/mp4",
                 *       "size": 8388608
                 *     }
                 */
                "application/json": components["schemas"]["CreateAssetUploadRequest"];
            };
        };
        responses: {
            /** @description Presigned */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "uploadUrl": "https://s3.example.com/put?sig=abc",
                     *       "url": "https://assets.sync.so/uploads/example/speaker.mp4",
                     *       "expiresIn": 3600
                     *     }
                     */
                    "application/json": components["schemas"]["CreateAssetUploadResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    findUploadedAsset: {
        parameters: {
            query: {
                /** @description Lowercase hex SHA-256 of the bytes. */
                contentSha256: string;
                /** @description Asset type. */
                type: components["schemas"]["AssetType"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description asset is null when none matches */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asset": null
                     *     }
                     */
                    "application/json": {
                        asset: components["schemas"]["Asset"] | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    countAssets: {
        parameters: {
            query?: {
                /** @description Only this project. */
                projectId?: string;
                /** @description Only this owner. */
                userId?: string;
                /** @description Match on name. */
                searchQuery?: string;
                /** @description Comma-separated or repeated. */
                types?: components["schemas"]["AssetType"][];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bare integer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example 3 */
                    "application/json": number;
                };
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    getAssetsByIds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "ids": [
                 *         "550e8400-e29b-41d4-a716-446655440000"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["BatchGetAssetsRequest"];
            };
        };
        responses: {
            /** @description Visible assets only; inaccessible ids are omitted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "550e8400-e29b-41d4-a716-446655440000",
                     *         "createdAt": "2026-01-15T09:30:00.000Z",
                     *         "updatedAt": "2026-01-15T09:30:05.000Z",
                     *         "type": "VIDEO",
                     *         "visibility": "USER",
                     *         "name": "speaker.mp4",
                     *         "url": "https://assets.sync.so/uploads/example/speaker.mp4",
                     *         "size": 8388608,
                     *         "format": "mp4",
                     *         "inputType": "UPLOAD",
                     *         "durationSeconds": 12.48,
                     *         "thumbnailUrl": null,
                     *         "width": 1920,
                     *         "height": 1080,
                     *         "projectId": null
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Asset"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    getAsset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Asset id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The asset */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "550e8400-e29b-41d4-a716-446655440000",
                     *       "createdAt": "2026-01-15T09:30:00.000Z",
                     *       "updatedAt": "2026-01-15T09:30:05.000Z",
                     *       "type": "VIDEO",
                     *       "visibility": "USER",
                     *       "name": "speaker.mp4",
                     *       "url": "https://assets.sync.so/uploads/example/speaker.mp4",
                     *       "size": 8388608,
                     *       "format": "mp4",
                     *       "inputType": "UPLOAD",
                     *       "durationSeconds": 12.48,
                     *       "thumbnailUrl": null,
                     *       "width": 1920,
                     *       "height": 1080,
                     *       "projectId": null
                     *     }
                     */
                    "application/json": components["schemas"]["Asset"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    deleteAsset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Asset id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "550e8400-e29b-41d4-a716-446655440000"
                     *     }
                     */
                    "application/json": {
                        id: string;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    updateAsset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Asset id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "speaker-final.mp4"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateAssetRequest"];
            };
        };
        responses: {
            /** @description Updated */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "550e8400-e29b-41d4-a716-446655440000",
                     *       "createdAt": "2026-01-15T09:30:00.000Z",
                     *       "updatedAt": "2026-01-15T09:30:05.000Z",
                     *       "type": "VIDEO",
                     *       "visibility": "USER",
                     *       "name": "speaker.mp4",
                     *       "url": "https://assets.sync.so/uploads/example/speaker.mp4",
                     *       "size": 8388608,
                     *       "format": "mp4",
                     *       "inputType": "UPLOAD",
                     *       "durationSeconds": 12.48,
                     *       "thumbnailUrl": null,
                     *       "width": 1920,
                     *       "height": 1080,
                     *       "projectId": null
                     *     }
                     */
                    "application/json": components["schemas"]["Asset"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    getAssetDownloadUrl: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Asset id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Unquoted URL. Fetch it without the API key. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example https://assets.sync.so/signed/example.mp4?sig=abc */
                    "text/plain": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    listGenerations: {
        parameters: {
            query?: {
                /** @description Comma-separated. */
                status?: components["schemas"]["GenerationStatus"][];
                /** @description Comma-separated. */
                ids?: string[];
                /** @description Set it to get newest-first pages; without it everything comes back. */
                limit?: number;
                /** @description Last generation id of the previous page; only with limit. */
                cursor?: string;
                /** @description Only this project. */
                projectId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Array, no envelope */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "6b1f6c1e-3f0a-4a5e-9a39-0d5b9cf0e111",
                     *         "createdAt": "2026-01-15T09:31:00.000Z",
                     *         "status": "PENDING",
                     *         "model": "lipsync-2",
                     *         "input": [
                     *           {
                     *             "type": "video",
                     *             "assetId": "550e8400-e29b-41d4-a716-446655440000"
                     *           },
                     *           {
                     *             "type": "audio",
                     *             "url": "https://example.com/vo.wav"
                     *           }
                     *         ],
                     *         "options": {
                     *           "sync_mode": "cut_off"
                     *         },
                     *         "outputUrl": null,
                     *         "outputDuration": null,
                     *         "error": null,
                     *         "errorCode": null,
                     *         "webhookUrl": null
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Generation"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    createGeneration: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1-128 chars matching [A-Za-z0-9._~-]+. One per intended generation; reuse on retries with the same body. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "model": "lipsync-2",
                 *       "input": [
                 *         {
                 *           "type": "video",
                 *           "assetId": "550e8400-e29b-41d4-a716-446655440000"
                 *         },
                 *         {
                 *           "type": "audio",
                 *           "url": "https://example.com/vo.wav"
                 *         }
                 *       ],
                 *       "options": {
                 *         "sync_mode": "cut_off",
                 *         "active_speaker_detection": {
                 *           "auto_detect": true
                 *         }
                 *       },
                 *       "outputFileName": "take_01",
                 *       "webhookUrl": "https://hooks.example.com/sync"
                 *     }
                 */
                "application/json": components["schemas"]["CreateGenerationRequest"];
                "multipart/form-data": components["schemas"]["MultipartGenerationRequest"];
            };
        };
        responses: {
            /** @description Job accepted */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "6b1f6c1e-3f0a-4a5e-9a39-0d5b9cf0e111",
                     *       "createdAt": "2026-01-15T09:31:00.000Z",
                     *       "status": "PENDING",
                     *       "model": "lipsync-2",
                     *       "input": [
                     *         {
                     *           "type": "video",
                     *           "assetId": "550e8400-e29b-41d4-a716-446655440000"
                     *         },
                     *         {
                     *           "type": "audio",
                     *           "url": "https://example.com/vo.wav"
                     *         }
                     *       ],
                     *       "options": {
                     *         "sync_mode": "cut_off"
                     *       },
                     *       "outputUrl": null,
                     *       "outputDuration": null,
                     *       "error": null,
                     *       "errorCode": null,
                     *       "webhookUrl": null
                     *     }
                     */
                    "application/json": components["schemas"]["Generation"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["PaymentRequired"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    listGenerationsAlias: {
        parameters: {
            query?: {
                /** @description Comma-separated. */
                status?: components["schemas"]["GenerationStatus"][];
                /** @description Comma-separated. */
                ids?: string[];
                /** @description Set it to get newest-first pages; without it everything comes back. */
                limit?: number;
                /** @description Last generation id of the previous page; only with limit. */
                cursor?: string;
                /** @description Only this project. */
                projectId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Array, no envelope */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "6b1f6c1e-3f0a-4a5e-9a39-0d5b9cf0e111",
                     *         "createdAt": "2026-01-15T09:31:00.000Z",
                     *         "status": "PENDING",
                     *         "model": "lipsync-2",
                     *         "input": [
                     *           {
                     *             "type": "video",
                     *             "assetId": "550e8400-e29b-41d4-a716-446655440000"
                     *           },
                     *           {
                     *             "type": "audio",
                     *             "url": "https://example.com/vo.wav"
                     *           }
                     *         ],
                     *         "options": {
                     *           "sync_mode": "cut_off"
                     *         },
                     *         "outputUrl": null,
                     *         "outputDuration": null,
                     *         "error": null,
                     *         "errorCode": null,
                     *         "webhookUrl": null
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Generation"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    getGeneration: {
        parameters: {
            query?: {
                /** @description Long-poll. */
                wait?: boolean;
                /** @description Seconds for wait=true. */
                timeout?: number;
                /** @description Not together with wait=true. */
                include?: "progress";
            };
            header?: never;
            path: {
                /** @description Generation id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Current state */
            200: {
                headers: {
                    /** @description 2, on wait=true */
                    "Retry-After"?: number;
                    /** @description long_poll */
                    "X-Sync-Wait-Mode"?: string;
                    "X-Sync-Wait-Timeout-Seconds"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "6b1f6c1e-3f0a-4a5e-9a39-0d5b9cf0e111",
                     *       "createdAt": "2026-01-15T09:31:00.000Z",
                     *       "status": "PENDING",
                     *       "model": "lipsync-2",
                     *       "input": [
                     *         {
                     *           "type": "video",
                     *           "assetId": "550e8400-e29b-41d4-a716-446655440000"
                     *         },
                     *         {
                     *           "type": "audio",
                     *           "url": "https://example.com/vo.wav"
                     *         }
                     *       ],
                     *       "options": {
                     *         "sync_mode": "cut_off"
                     *       },
                     *       "outputUrl": null,
                     *       "outputDuration": null,
                     *       "error": null,
                     *       "errorCode": null,
                     *       "webhookUrl": null
                     *     }
                     */
                    "application/json": components["schemas"]["Generation"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    getGenerationAlias: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Generation id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Current state */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "6b1f6c1e-3f0a-4a5e-9a39-0d5b9cf0e111",
                     *       "createdAt": "2026-01-15T09:31:00.000Z",
                     *       "status": "PENDING",
                     *       "model": "lipsync-2",
                     *       "input": [
                     *         {
                     *           "type": "video",
                     *           "assetId": "550e8400-e29b-41d4-a716-446655440000"
                     *         },
                     *         {
                     *           "type": "audio",
                     *           "url": "https://example.com/vo.wav"
                     *         }
                     *       ],
                     *       "options": {
                     *         "sync_mode": "cut_off"
                     *       },
                     *       "outputUrl": null,
                     *       "outputDuration": null,
                     *       "error": null,
                     *       "errorCode": null,
                     *       "webhookUrl": null
                     *     }
                     */
                    "application/json": components["schemas"]["Generation"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    deleteGeneration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Generation id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted generation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "6b1f6c1e-3f0a-4a5e-9a39-0d5b9cf0e111",
                     *       "createdAt": "2026-01-15T09:31:00.000Z",
                     *       "status": "COMPLETED",
                     *       "model": "lipsync-2",
                     *       "input": [
                     *         {
                     *           "type": "video",
                     *           "assetId": "550e8400-e29b-41d4-a716-446655440000"
                     *         },
                     *         {
                     *           "type": "audio",
                     *           "url": "https://example.com/vo.wav"
                     *         }
                     *       ],
                     *       "options": {
                     *         "sync_mode": "cut_off"
                     *       },
                     *       "outputUrl": null,
                     *       "outputDuration": null,
                     *       "error": null,
                     *       "errorCode": null,
                     *       "webhookUrl": null
                     *     }
                     */
                    "application/json": components["schemas"]["Generation"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    getGenerationDownloadUrl: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Generation id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Unquoted URL in text/plain. Fetch it without the API key. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example https://assets.sync.so/signed/example.mp4?sig=abc */
                    "text/plain": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    countGenerations: {
        parameters: {
            query?: {
                /** @description Comma-separated or repeated. */
                status?: components["schemas"]["GenerationStatus"][];
                /** @description Origin. */
                type?: "playground" | "api";
                /** @description Source labels. */
                source?: string[];
                /** @description Product surface. */
                generationSource?: "studio_lite" | "studio_advanced" | "studio_assistant" | "ios" | "premiere-plugin" | "resolve-plugin" | "mcp" | "chatgpt" | "claude" | "gemini" | "api";
                /** @description Own only. */
                currentUserOnly?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Count */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "count": 4
                     *     }
                     */
                    "application/json": {
                        count: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    estimateGeneration: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "model": "lipsync-2",
                 *       "duration": 12,
                 *       "fps": 25
                 *     }
                 */
                "application/json": components["schemas"]["EstimateRequest"];
            };
        };
        responses: {
            /** @description Estimate */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "estimatedFrameCount": 300,
                     *       "estimatedGenerationCost": 0.5,
                     *       "estimatedCredits": null
                     *     }
                     */
                    "application/json": components["schemas"]["Estimate"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    estimateGenerationAlias: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "model": "lipsync-2",
                 *       "duration": 12,
                 *       "fps": 25
                 *     }
                 */
                "application/json": components["schemas"]["EstimateRequest"];
            };
        };
        responses: {
            /** @description Estimate */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "estimatedFrameCount": 300,
                     *       "estimatedGenerationCost": 0.5,
                     *       "estimatedCredits": null
                     *     }
                     */
                    "application/json": components["schemas"]["Estimate"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    analyzeCost: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "model": "lipsync-2",
                 *       "input": [
                 *         {
                 *           "type": "video",
                 *           "assetId": "550e8400-e29b-41d4-a716-446655440000"
                 *         },
                 *         {
                 *           "type": "audio",
                 *           "url": "https://example.com/vo.wav"
                 *         }
                 *       ],
                 *       "options": {
                 *         "sync_mode": "cut_off",
                 *         "active_speaker_detection": {
                 *           "auto_detect": true
                 *         }
                 *       },
                 *       "outputFileName": "take_01",
                 *       "webhookUrl": "https://hooks.example.com/sync"
                 *     }
                 */
                "application/json": components["schemas"]["CreateGenerationRequest"];
            };
        };
        responses: {
            /** @description Array of estimates */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "estimatedFrameCount": 300,
                     *         "estimatedGenerationCost": 0.5
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Estimate"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    getGenerationCosts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Generation id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Costs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GenerationCost"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    listGenerationCosts: {
        parameters: {
            query: {
                /** @description Inclusive, UTC. */
                startTime: string;
                /** @description Exclusive, UTC. */
                endTime: string;
                /** @description Page size. */
                limit?: number;
                /** @description Opaque cursor from nextCursor. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Page of costs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: (components["schemas"]["GenerationCost"] & {
                            /** Format: date-time */
                            createdAt?: string;
                            /** Format: date-time */
                            finishedAt?: string;
                            model?: string;
                            apiKey?: Record<string, never> | string | null;
                        })[];
                        nextCursor?: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    listBatches: {
        parameters: {
            query?: {
                /** @description Filter. */
                status?: components["schemas"]["BatchStatus"];
                /** @description Filter. */
                created_after?: string;
                /** @description Filter. */
                created_before?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Array, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Batch"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    createBatch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    input: string;
                    /** Format: uri */
                    webhook_url?: string;
                    /** @default false */
                    dry_run?: boolean;
                };
                "application/json": {
                    rows: components["schemas"]["BatchRow"][];
                    /** Format: uri */
                    webhook_url?: string;
                    dry_run?: boolean;
                };
            };
        };
        responses: {
            /** @description Batch, or VALIDATED for a dry run (exact 2xx not seen) */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "batch_abc123",
                     *       "created_at": "2026-01-15T10:30:00Z",
                     *       "status": "PENDING",
                     *       "metrics": {
                     *         "total_generations": 20,
                     *         "success_count": 0,
                     *         "failed_count": 0,
                     *         "pending_count": 20
                     *       },
                     *       "outputUrl": "",
                     *       "webhookUrl": null
                     *     }
                     */
                    "application/json": components["schemas"]["Batch"] | components["schemas"]["BatchValidated"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["PaymentRequired"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    getBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Batch id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Batch */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Batch"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    getBatchResult: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Batch id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Location is a signed JSONL URL */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["ServerError"];
        };
    };
    listModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Array */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelInfo"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    listVoices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Array */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Voice"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    cloneVoice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Narrator",
                 *       "provider": "elevenlabs",
                 *       "assetId": "550e8400-e29b-41d4-a716-446655440000"
                 *     }
                 */
                "application/json": components["schemas"]["CloneVoiceRequest"];
            };
        };
        responses: {
            /** @description Voice (exact 2xx not seen) */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Voice"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    getVoice: {
        parameters: {
            query?: {
                /** @description Provider. */
                provider?: "elevenlabs";
            };
            header?: never;
            path: {
                /** @description Voice id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Voice */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Voice"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    deleteVoice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Cloned voice UUID. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description true */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example true */
                    "application/json": boolean;
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    createTts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "script": "Hello.",
                 *       "voiceId": "EXAVITQu4vr4xnSDxMaL",
                 *       "provider": "elevenlabs"
                 *     }
                 */
                "application/json": components["schemas"]["TtsRequest"];
            };
        };
        responses: {
            /** @description Take */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TtsResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["PaymentRequired"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    createTtsJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1-128 chars matching [A-Za-z0-9._~-]+. One per intended generation; reuse on retries with the same body. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "script": "Hello.",
                 *       "voiceId": "EXAVITQu4vr4xnSDxMaL",
                 *       "provider": "elevenlabs"
                 *     }
                 */
                "application/json": components["schemas"]["TtsRequest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TtsJob"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["PaymentRequired"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTtsJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Job id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Job; Retry-After: 3 while running */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TtsJob"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    listProjects: {
        parameters: {
            query?: {
                /** @description Page size. */
                limit?: number;
                /** @description Opaque cursor from nextCursor. */
                cursor?: string;
                /** @description Search. */
                searchQuery?: string;
                /** @description Sort. */
                sortBy?: "updatedAt" | "name";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Project"][];
                        nextCursor?: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    createProject: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "My API project"
                 *     }
                 */
                "application/json": components["schemas"]["CreateProjectRequest"];
            };
        };
        responses: {
            /** @description Project (exact 2xx not seen) */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    getProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Project id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Project */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["ServerError"];
        };
    };
    deleteProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Project id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted (body not seen) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnyObject"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["ServerError"];
        };
    };
    updateProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Project id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Renamed"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateProjectRequest"];
            };
        };
        responses: {
            /** @description Project */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["ServerError"];
        };
    };
    attachProjectAsset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Project id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "assetId": "550e8400-e29b-41d4-a716-446655440000"
                 *     }
                 */
                "application/json": {
                    assetId: string;
                };
            };
        };
        responses: {
            /** @description Attached (idempotent) */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["ServerError"];
        };
    };
    detachProjectAsset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Project id. */
                id: string;
                /** @description Asset id. */
                assetId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Detached (idempotent) */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            500: components["responses"]["ServerError"];
        };
    };
    createTranscription: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "sourceVideoUrl": "https://assets.sync.so/docs/example-video.mp4"
                 *     }
                 */
                "application/json": components["schemas"]["CreateTranscriptionRequest"];
            };
        };
        responses: {
            /** @description Job */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transcription"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    getTranscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Job id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Job */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transcription"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["ServerError"];
        };
    };
    createDialogueEdit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "sourceVideoUrl": "https://assets.sync.so/docs/example-video.mp4",
                 *       "transcript": {
                 *         "segments": [
                 *           {
                 *             "id": "s1",
                 *             "words": [
                 *               {
                 *                 "id": "w1",
                 *                 "text": "Hello",
                 *                 "startMs": 0,
                 *                 "endMs": 400
                 *               }
                 *             ]
                 *           }
                 *         ]
                 *       },
                 *       "edits": [
                 *         {
                 *           "kind": "change",
                 *           "wordId": "w1",
                 *           "replacement": "Welcome"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateDialogueEditRequest"];
            };
        };
        responses: {
            /** @description Job */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DialogueEdit"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDialogueEdit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Job id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Job */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DialogueEdit"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["ServerError"];
        };
    };
    listErrorCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Catalog */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorCatalogEntry"][];
                };
            };
            500: components["responses"]["ServerError"];
            /** @description Not documented */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getWebhookSecret: {
        parameters: {
            query?: {
                /** @description true gives a display-only value. */
                masked?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Secret */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "secret": "whsec_example"
                     *     }
                     */
                    "application/json": {
                        /** @description whsec_... */
                        secret: string;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            500: components["responses"]["ServerError"];
        };
    };
    submitFeedback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "docs",
                 *       "message": "Example"
                 *     }
                 */
                "application/json": {
                    /** @enum {string} */
                    kind: "confusing_error" | "bug" | "missing_capability" | "workaround" | "docs" | "other";
                    message: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Accepted (body and exact 2xx not seen) */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnyObject"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    healthcheck: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Alive; body undocumented */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not documented */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    batchWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Batch"];
            };
        };
        responses: {
            /** @description Received */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
