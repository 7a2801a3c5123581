import type { IHookFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { testSyncApi } from '../shared/transport/credentialTest';
import { checkSecret } from './webhook/checkSecret';
import { receiveCall } from './webhook/receiveCall';
import { triggerFields } from './webhook/settings';

const WHERE_TO_ENTER =
	"as 'Webhook URL' in Sync Generation, under 'Additional Fields' of Generation → Create or 'Options' of Batch → Create";

const TEST_HELP = `<b>While building your workflow</b>, click the button above, then create a generation or a batch with the test URL ${WHERE_TO_ENTER}. n8n shows the first call here.`;

const DELIVERY_HELP =
	'sync.so calls only once: if n8n is offline then, find the generation with Sync Generation → Get Many. If n8n runs several processes, a repeated call may start the workflow twice.';

/** The Sync Trigger node: starts a workflow when sync.so reports a generation or batch as ended. */
export class SyncTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Sync Trigger',
		name: 'syncTrigger',
		icon: { light: 'file:../../icons/sync.svg', dark: 'file:../../icons/sync.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ").replace(/[A-Z]/g, " $&").toLowerCase() }}',
		description: 'Starts the workflow when a sync.so generation or batch has ended',
		eventTriggerDescription: 'Waiting for sync.so to call the test URL',
		activationMessage:
			"Enter the production URL of Sync Trigger as 'Webhook URL' when you create generations or batches.",
		defaults: { name: 'Sync Trigger' },
		triggerPanel: {
			header: 'Listen for calls from sync.so',
			executionsHelp: {
				inactive: `${TEST_HELP}<br /><br /><b>Once you're happy with your workflow</b>, publish it (n8n 1.x: activate it), and enter the production URL in the same field. ${DELIVERY_HELP}`,
				active: `${TEST_HELP}<br /><br /><b>Calls to the production URL start the workflow</b>, because it is published. You find these runs in the <a data-key="executions">executions list</a>. ${DELIVERY_HELP}`,
			},
			activationHint:
				"Once you have finished building your workflow, publish it (n8n 1.x: activate it), and enter the production URL as 'Webhook URL' when you create generations or batches.",
		},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'syncApi', required: true, testedBy: 'testSyncApi' }],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
		],
		properties: triggerFields,
	};

	methods = { credentialTest: { testSyncApi } };

	/** Nothing is registered with sync.so: each generation or batch is created with the URL. */
	webhookMethods = {
		default: {
			async checkExists(): Promise<boolean> {
				return false;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await checkSecret(this);
				return true;
			},
			async delete(): Promise<boolean> {
				return true;
			},
		},
	};

	webhook = receiveCall;
}
