const UPLOAD_INSTEAD =
	'Check that the URL opens without a login, or upload the file as an asset and use that instead';
const TRY_LATER = 'Try again in a minute';
const CHECK_BILLING = 'Check plan and billing at https://sync.so/settings';
const SHORTEN_MEDIA = 'Cut the video and the audio shorter, or make several generations of them';
const UPGRADE_PLAN = 'This needs another plan: see https://sync.so/pricing';
const USE_OTHER_RECORDING = 'Use an audio or video file that plays, in which one person speaks';
const CREATE_AGAIN =
	'Create the generation anew; if it stays, give its ID to the support of sync.so';

/** What the user can do, by the API's stable error code. For responses without a suggestion. */
export const HINT_BY_CODE: Record<string, string> = {
	account_on_hold: 'Check the state of the account at https://sync.so/settings',
	account_payment_required: CHECK_BILLING,
	asset_forbidden: 'Use an API key of the member who owns the asset',
	asset_not_found:
		'Check the asset ID, and that the asset belongs to the organization of the API key',
	batch_plan_required: 'Batches need the plan Scale or higher: see https://sync.so/pricing',
	concurrency_limit_reached:
		'The plan allows no more generations at once: raise Time Limit under Options, or run fewer workflows at once',
	controller_dependency_error: TRY_LATER,
	controller_timeout: TRY_LATER,
	controller_unavailable: TRY_LATER,
	cost_estimate_unavailable: 'The price of this model and length can not be told beforehand',
	dubbing_duration_exceeded: SHORTEN_MEDIA,
	elevenlabs_api_key_invalid:
		'Connect the ElevenLabs account with sync.so anew, at https://sync.so/settings',
	elevenlabs_quota_exceeded: 'Check the quota of the ElevenLabs account, or use a shorter script',
	elevenlabs_service_unavailable: TRY_LATER,
	file_not_in_org_storage: 'Upload the file with the same API key as the generation is made with',
	file_size_exceeds_plan_limit: `Make the file smaller. ${UPGRADE_PLAN}`,
	free_tier_generations_exhausted: UPGRADE_PLAN,
	generation_audio_length_exceeded: SHORTEN_MEDIA,
	generation_audio_missing: 'Say under Audio what is to be heard',
	generation_conflict: 'Ask for the state of the generation with Generation → Get',
	generation_database_error: TRY_LATER,
	generation_infra_resource_exhausted: TRY_LATER,
	generation_infra_service_unavailable: TRY_LATER,
	generation_infra_storage_error: TRY_LATER,
	generation_input_asset_type_mismatch:
		'Check that the asset of Video or Image is a video or an image, and that of Audio an audio file',
	generation_input_audio_inaccessible: UPLOAD_INSTEAD,
	generation_input_audio_invalid: 'Check that the audio plays; WAV and MP3 are safe choices',
	generation_input_dub_audio_conflict:
		'Dubbing takes the voice from the video itself: leave the audio out',
	generation_input_duration_greater_than_max_duration: SHORTEN_MEDIA,
	generation_input_face_selection_invalid:
		'Check frame and coordinates under Active Speaker Detection: pixels of the source, counted from the top left',
	generation_input_image_inaccessible: UPLOAD_INSTEAD,
	generation_input_resolution_unsupported:
		'Scale the video or image: up to 4K works with the model sync-3',
	generation_input_segments_invalid:
		'Check that the segments lie within the video, do not overlap, and name audio that is there',
	generation_input_too_many_visual: 'Use one video or one image for a generation',
	generation_input_trim_invalid: 'Check the crop times of the segments against the audio',
	generation_input_validation_failed: 'Check the values of the fields in this node',
	generation_input_video_inaccessible: UPLOAD_INSTEAD,
	generation_input_video_invalid:
		'Check that the video plays and shows a face; MP4 is a safe choice',
	generation_internal_auth: TRY_LATER,
	generation_media_metadata_missing:
		'Check that video and audio play; MP4, WAV and MP3 are safe choices',
	generation_media_probe_timeout: TRY_LATER,
	generation_media_probe_unavailable: TRY_LATER,
	generation_model_duration_exceeded: `${SHORTEN_MEDIA}, or choose another model`,
	generation_not_deletable_while_processing:
		'Only a generation that has ended can be deleted. Use Get with Wait Until Finished before',
	generation_not_found:
		'Check the generation ID, and that the generation belongs to the organization of the API key',
	generation_pipeline_failed: CREATE_AGAIN,
	generation_plan_duration_exceeded: `${SHORTEN_MEDIA}. ${UPGRADE_PLAN}`,
	generation_text_length_exceeded: 'Make the script shorter: 5000 characters at most',
	generation_timeout: CREATE_AGAIN,
	generation_unhandled_error: CREATE_AGAIN,
	generation_unknown_error: CREATE_AGAIN,
	generation_unsupported_model: 'Choose another model: an image needs sync-3',
	generation_video_missing: 'Say under Video or Image whose lips are to move',
	IDEMPOTENCY_OUTCOME_UNKNOWN:
		'It is not known whether a generation was made: run it again with the same Idempotency Key',
	internal_error: 'Try again later; if it stays, give the request ID to the support of sync.so',
	invalid_asset_id_format:
		'An asset ID looks like 550e8400-e29b-41d4-a716-446655440000; copy it from sync.so or pick the asset from the list',
	invalid_generation_id: 'Copy the generation ID from what Generation → Create put out',
	INVALID_IDEMPOTENCY_KEY: 'Use up to 128 letters, digits and the signs . _ ~ - as Idempotency Key',
	plan_feature_unavailable: UPGRADE_PLAN,
	project_not_found:
		'Check the project, and that it belongs to the organization of the API key; pick it from the list',
	unsupported_generation_id_format: 'Copy the generation ID from what Generation → Create put out',
	uploaded_file_not_found: 'Upload the file again: it did not reach sync.so',
	usage_dependency_unavailable: TRY_LATER,
	voice_access_denied: 'Choose another voice: this one is not open to the account',
	voice_blocked: 'Choose another voice: this one may not be used',
	voice_clone_busy: TRY_LATER,
	voice_clone_limit_reached: 'Delete a cloned voice, or see https://sync.so/pricing for more',
	voice_name_conflict: 'Give the new voice another name, or delete the one that has it',
	voice_not_found: 'Pick the voice from the list, or check its ID',
	voice_sample_extraction_failed: USE_OTHER_RECORDING,
	voice_sample_invalid: USE_OTHER_RECORDING,
	voice_sample_not_accessible: 'Check that the asset is there, and that its URL is not too old',
	voice_sample_source_too_large: 'Use a video of up to 1 GiB, or its audio alone',
	voice_sample_too_short: 'Use a longer recording, of a minute or two',
	voice_sample_type_unsupported: USE_OTHER_RECORDING,
	voice_sample_upload_required: 'Upload the recording with Sync Asset, and use the asset',
	voice_verification_required: 'Verify the voice with its provider, or choose another one',
};
