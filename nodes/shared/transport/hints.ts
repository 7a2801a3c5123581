const UPLOAD_INSTEAD =
	'Check that the URL opens without a login, or upload the file as an asset and use that instead';
const TRY_LATER = 'Run the workflow again in a minute';
const CHECK_BILLING = 'Check your plan and billing at https://sync.so/settings';
const SHORTEN_MEDIA = 'Shorten the video and the audio, or split them into several generations';
const UPGRADE_PLAN = 'Upgrade your plan: see https://sync.so/pricing';
const USE_OTHER_RECORDING = 'Use a playable audio or video file with a single speaker';
const CREATE_AGAIN =
	'Create the generation again. If it keeps failing, contact sync.so support with its ID';

/** What the user can do, by the API's stable error code. For responses without a suggestion. */
export const HINT_BY_CODE: Record<string, string> = {
	account_on_hold: 'Check the status of your account at https://sync.so/settings',
	account_payment_required: CHECK_BILLING,
	asset_forbidden: 'Use the API key of the member who owns the asset',
	asset_not_found:
		'Check the asset ID, and that the asset belongs to the same organization as the API key',
	batch_plan_required: 'Batches require the Scale plan or higher: see https://sync.so/pricing',
	concurrency_limit_reached:
		"Your plan's limit of concurrent generations is reached. Raise 'Time Limit (Minutes)' under 'Options', or run fewer workflows at the same time",
	controller_dependency_error: TRY_LATER,
	controller_timeout: TRY_LATER,
	controller_unavailable: TRY_LATER,
	cost_estimate_unavailable: "The cost of this model and length can't be estimated in advance",
	dubbing_duration_exceeded: SHORTEN_MEDIA,
	elevenlabs_api_key_invalid: 'Reconnect your ElevenLabs account at https://sync.so/settings',
	elevenlabs_quota_exceeded: 'Check the quota of your ElevenLabs account, or use a shorter script',
	elevenlabs_service_unavailable: TRY_LATER,
	file_not_in_org_storage: 'Upload the file with the API key that creates the generation',
	file_size_exceeds_plan_limit: `Make the file smaller. ${UPGRADE_PLAN}`,
	free_tier_generations_exhausted: UPGRADE_PLAN,
	generation_audio_length_exceeded: SHORTEN_MEDIA,
	generation_audio_missing: "Choose an 'Audio Source'",
	generation_conflict: 'Check the status of the generation with Generation → Get',
	generation_database_error: TRY_LATER,
	generation_infra_resource_exhausted: TRY_LATER,
	generation_infra_service_unavailable: TRY_LATER,
	generation_infra_storage_error: TRY_LATER,
	generation_input_asset_type_mismatch:
		'Check that the video or image asset is a video or an image, and the audio asset an audio file',
	generation_input_audio_inaccessible: UPLOAD_INSTEAD,
	generation_input_audio_invalid: 'Check that the audio plays. WAV and MP3 always work',
	generation_input_dub_audio_conflict: 'Dubbing uses the voice in the video: remove the audio',
	generation_input_duration_greater_than_max_duration: SHORTEN_MEDIA,
	generation_input_face_selection_invalid:
		"Check the frame and the coordinates in 'Active Speaker Detection': pixels of the source, from the top left",
	generation_input_image_inaccessible: UPLOAD_INSTEAD,
	generation_input_resolution_unsupported:
		'Scale the video or image down. The model sync-3 supports up to 4K',
	generation_input_segments_invalid:
		"Check that segments are within the video, don't overlap, and refer to existing audio",
	generation_input_too_many_visual: 'Use one video or one image per generation',
	generation_input_trim_invalid:
		'Check that the audio of each segment is within the length of the audio',
	generation_input_validation_failed: 'Check the values of the fields in this node',
	generation_input_video_inaccessible: UPLOAD_INSTEAD,
	generation_input_video_invalid: 'Check that the video plays and shows a face. MP4 always works',
	generation_internal_auth: TRY_LATER,
	generation_media_metadata_missing:
		'Check that the video and the audio play. MP4, WAV and MP3 always work',
	generation_media_probe_timeout: TRY_LATER,
	generation_media_probe_unavailable: TRY_LATER,
	generation_model_duration_exceeded: `${SHORTEN_MEDIA}, or choose another model`,
	generation_not_deletable_while_processing:
		"Use Get with 'Wait Until Finished' first: a running generation can't be deleted",
	generation_not_found:
		'Check the generation ID, and that the generation belongs to the same organization as the API key',
	generation_pipeline_failed: CREATE_AGAIN,
	generation_plan_duration_exceeded: `${SHORTEN_MEDIA}. ${UPGRADE_PLAN}`,
	generation_text_length_exceeded: 'Shorten the script to 5,000 characters',
	generation_timeout: CREATE_AGAIN,
	generation_unhandled_error: CREATE_AGAIN,
	generation_unknown_error: CREATE_AGAIN,
	generation_unsupported_model: 'Choose another model. Images require sync-3',
	generation_video_missing: "Choose a 'Video or Image Source'",
	IDEMPOTENCY_OUTCOME_UNKNOWN:
		"Run the workflow again with the same 'Idempotency Key': it returns the generation if it was created",
	internal_error:
		'Run the workflow again later. If it keeps failing, contact sync.so support with the request ID',
	invalid_asset_id_format:
		'Use an ID such as 550e8400-e29b-41d4-a716-446655440000, or select the asset from the list',
	invalid_generation_id: 'Use the ID from the output of Generation → Create',
	INVALID_IDEMPOTENCY_KEY:
		"Use 1 to 128 letters, digits and the characters . _ ~ - in 'Idempotency Key'",
	plan_feature_unavailable: UPGRADE_PLAN,
	project_not_found:
		'Select the project from the list, and check that it belongs to the same organization as the API key',
	unsupported_generation_id_format: 'Use the ID from the output of Generation → Create',
	uploaded_file_not_found: 'Upload the file again: sync.so has not received it',
	usage_dependency_unavailable: TRY_LATER,
	voice_access_denied: 'Choose another voice: your account has no access to this one',
	voice_blocked: 'Choose another voice: this one is blocked',
	voice_clone_busy: TRY_LATER,
	voice_clone_limit_reached:
		'Delete a cloned voice, or upgrade your plan: see https://sync.so/pricing',
	voice_name_conflict: 'Choose another name, or delete the existing voice with this name',
	voice_not_found: 'Select the voice from the list, or check its ID',
	voice_sample_extraction_failed: USE_OTHER_RECORDING,
	voice_sample_invalid: USE_OTHER_RECORDING,
	voice_sample_not_accessible: 'Check that the asset exists and that its URL has not expired',
	voice_sample_source_too_large: 'Use a video of up to 1 GiB, or only its audio',
	voice_sample_too_short: 'Use a recording of one to two minutes',
	voice_sample_type_unsupported: USE_OTHER_RECORDING,
	voice_sample_upload_required: 'Upload the recording with Sync Asset, then use the asset',
	voice_verification_required: 'Verify the voice with its provider, or choose another voice',
};

/** What the user can do about an error code; undefined if it is unknown. */
export const findHint = (errorCode: string | null): string | undefined =>
	errorCode !== null && Object.hasOwn(HINT_BY_CODE, errorCode)
		? HINT_BY_CODE[errorCode]
		: undefined;
