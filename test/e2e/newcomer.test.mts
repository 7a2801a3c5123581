import { readFile } from 'node:fs/promises';

import type { INodeParameters } from 'n8n-workflow';

import { buildSyncNode, byId } from '../../n8n/syncNodes.mts';
import { buildItemSource, buildJsonSource, buildNode, chainNodes } from '../../n8n/workflow.mts';
import { ASSETS } from '../../sandbox/asset/fixtures.mts';
import { samplePath } from '../../sandbox/storage/sampleFiles.mts';
import { addCredential, inBrowser, useBrowser } from './browserLab.mts';
import { SCRIPT, unselected } from './portraitWorkflow.mts';

jest.setTimeout(120_000);

const NODE = 'Sync Generation';
const CREATE = 'Create lip-synced video';
const PORTRAIT = 'portrait-anna.png (Image)';
const VOICE = 'Sarah (ElevenLabs)';

/** Create's fields for a portrait and a voice that are assets. */
const FIELDS: INodeParameters = {
	resource: 'generation',
	operation: 'create',
	model: 'auto',
	visualSource: 'asset',
	visualAssetId: byId(ASSETS.image),
	audioSource: 'asset',
	audioAssetId: byId(ASSETS.voiceover),
	wait: 'inNode',
};

/** A user who has never used sync.so in n8n, and knows only what n8n's editor shows. */
inBrowser('a newcomer', () => {
	const lab = useBrowser();

	/** Creates a workflow with the node Create, which gets one item, and opens that node. */
	const openCreate = async (
		fields: INodeParameters = {},
		nodes = buildItemSource([{ assetId: ASSETS.image }]),
	) => {
		const create = buildSyncNode('Create', { ...FIELDS, ...fields }, { credentials: undefined });
		const workflow = await lab.client.createWorkflow(chainNodes('Newcomer', [...nodes, create]));
		await lab.editor.openWorkflow(workflow.id);
		await lab.editor.openNode('Create');
	};

	/** Runs the open node, and expects the error and what it says to do. */
	const expectError = async (...texts: string[]) => {
		await lab.editor.executeStep();
		const output = lab.editor.locate('output-panel');
		for (const text of texts) await output.getByText(text).first().waitFor();
	};

	/** Runs the open node, and expects a finished video. */
	const expectVideo = async () => {
		await lab.editor.executeStep();
		const output = lab.editor.locate('output-panel');
		await output.getByText('COMPLETED').first().waitFor();
		await output.getByText('outputUrl').first().waitFor();
		await output.getByText(`${lab.sandbox.url}/storage/`).first().waitFor();
	};

	beforeAll(async () => {
		await lab.sandbox.control.configure({ pendingMs: 200, processingMs: 200 });
	});

	describe('in the node panel', () => {
		beforeAll(async () => {
			await lab.editor.createWorkflow();
			await lab.editor.searchForNode(NODE);
		});

		test.each([
			'avatar',
			'dub',
			'lip sync',
			'lip-sync',
			'lipsync',
			'sync.so',
			'talking head',
			'text to speech',
			'voice clone',
		])('finds the node first with "%s"', async (text) => {
			expect((await lab.editor.listFoundNodes(NODE, text))[0]).toBe(NODE);
		});

		// n8n adds the popularity of its own nodes, and prefers a name that contains the text to any alias.
		test.each([
			['translate', 3],
			['video', 4],
			['voice', 3],
		])('finds the node with "%s" among the first %i', async (text, count) => {
			expect((await lab.editor.listFoundNodes(NODE, text)).slice(0, count)).toContain(NODE);
		});

		test('finds both nodes with "sync" on top, next to nodes of n8n with that name or alias', async () => {
			const names = await lab.editor.listFoundNodes(NODE, 'sync');
			const others = ['SyncroMSP', 'Compare Datasets'];
			const last = names.indexOf(NODE);
			// n8n shows Sync Trigger as 'Sync'.
			expect(names.slice(0, last).filter((name) => !/^Sync\b/.test(name))).toEqual(others);
			expect(names.slice(0, last)).toContain('Sync Asset');
		});

		test('sees the action that creates a video first, and the actions of batches last', async () => {
			const actions = await lab.editor.listActions(NODE);
			expect(actions[0]).toBe(CREATE);
			expect(actions.slice(-4).filter((action) => !/batch/.test(action))).toEqual([]);
		});
	});

	describe('recovers with the help of the message', () => {
		test('from a missing credential', async () => {
			await openCreate({ visualAssetId: unselected });
			await lab.editor.openList('visualAssetId');
			await lab.editor.locate('rlc-error-container').getByText('Add your credential').waitFor();
			await openCreate();
			await expectError('Node does not have any credentials set');
			await addCredential(lab);
			await lab.editor.locate('credential-edit-dialog').waitFor({ state: 'detached' });
			await expectVideo();
		});

		test('from an asset that is not selected', async () => {
			await openCreate({ visualAssetId: unselected });
			await lab.editor.executeStep();
			await lab.editor.page.getByText('Parameter "Video or Image Asset" is required').waitFor();
			await lab.editor.openList('visualAssetId');
			await lab.editor.page.getByText(PORTRAIT).click();
			await expectVideo();
		});

		test('from a model that only supports videos', async () => {
			await openCreate({ model: 'lipsync-2' });
			await expectError(
				"The model lipsync-2 doesn't support images",
				"Set 'Model Name or ID' to Automatic or sync-3",
			);
			await lab.editor.selectOption('model', 'sync-3');
			await expectVideo();
		});

		test('from the wrong field for a file', async () => {
			const base64 = await readFile(samplePath('png'), 'base64');
			const toFile = buildNode('Portrait', 'n8n-nodes-base.convertToFile', 1.1, {
				parameters: {
					operation: 'toBinary',
					sourceProperty: 'base64',
					binaryPropertyName: 'portrait',
					options: { fileName: 'portrait.png', mimeType: 'image/png' },
				},
			});
			const source = [...buildJsonSource({ base64 }), toFile];
			await openCreate({ visualSource: 'binary', visualFieldName: 'data' }, source);
			await expectError(
				"The item has no file in 'data'. It has: portrait.",
				"Set 'Video Data Field Name' to the name of the field that holds the file",
			);
			await lab.editor.fillText('visualFieldName', 'portrait');
			await expectVideo();
		});

		test('from an expression that returns nothing', async () => {
			await openCreate({ visualAssetId: byId('={{ $json.asset }}') });
			await expectError(
				'The asset ID is empty',
				"Check the expression in 'Video or Image Asset': it returned nothing for this item",
			);
			await lab.editor.fillExpression('visualAssetId', '{{ $json.assetId }}');
			await expectVideo();
		});
	});

	test('makes a portrait talk', async () => {
		const { editor } = lab;
		await editor.createWorkflow();
		await editor.searchForNode(NODE, 'talking head');
		await editor.choose(NODE);
		await editor.chooseAction(CREATE);
		await editor.selectOption('visualSource', 'Asset');
		await editor.openList('visualAssetId');
		await editor.page.getByText(PORTRAIT).click();
		await editor.selectOption('audioSource', 'Text to Speech');
		await editor.openList('voiceId');
		await editor.page.getByText(VOICE).click();
		await editor.fillText('script', SCRIPT);
		await expectVideo();
	});

	test.each(['generation', 'batch'])(
		'is warned that a %s is charged for many items',
		async (resource) => {
			const { editor } = lab;
			await openCreate({ resource }, buildItemSource(Array.from({ length: 12 }, () => ({}))));
			const warning = editor.locate('output-panel').getByText('The input has at least 10 items');
			expect(await warning.count()).toBe(0);
			await editor.page.getByText('Execute previous nodes').click();
			await warning.waitFor();
		},
	);

	test('gets through it all without a request that violates the contract', async () => {
		expect((await lab.sandbox.control.getTotals()).violations).toEqual([]);
	});
});
