import type { N8nClient } from '../n8n/client.mts';
import { runVideoAgent } from './agentScript.mts';
import { type Mail, startLocalMailServer } from './localMail.mts';
import { startLocalModel } from './localModel.mts';

/** What takes the place of OpenAI and of a mail server when the examples run. Nothing leaves this machine. */
export interface LocalServices {
	/** The received emails, oldest first. */
	mails: Mail[];
	/** Creates the credentials that the examples use for them. */
	createCredentials: (client: N8nClient) => Promise<void>;
	close: () => Promise<void>;
}

/** Starts the services. */
export async function startLocalServices(): Promise<LocalServices> {
	const model = await startLocalModel(runVideoAgent);
	const { port, mails, close } = await startLocalMailServer();
	return {
		mails,
		createCredentials: async (client) => {
			await client.createCredential({
				name: 'OpenAI',
				type: 'openAiApi',
				data: { apiKey: 'local', url: model.url },
			});
			await client.createCredential({
				name: 'SMTP',
				type: 'smtp',
				data: { host: '127.0.0.1', port, secure: false, disableStartTls: true },
			});
		},
		close: async () => {
			await close();
			await model.close();
		},
	};
}
