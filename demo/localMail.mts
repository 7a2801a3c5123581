import type { AddressInfo } from 'node:net';

import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A received email. */
export interface Mail {
	/** The addresses of the recipients, separated by commas. */
	to: string;
	subject: string;
	text: string;
}

/** A running mail server. */
export interface LocalMailServer {
	port: number;
	/** The received emails, oldest first. */
	mails: Mail[];
	close: () => Promise<void>;
}

/** Starts an SMTP server on 127.0.0.1 that keeps the emails for this process and sends none. */
export async function startLocalMailServer(): Promise<LocalMailServer> {
	const mails: Mail[] = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onData: (stream, { envelope }, callback) => {
			const to = envelope.rcptTo.map(({ address }) => address).join(', ');
			stream
				.toArray()
				.then(async (chunks: Buffer[]) => await PostalMime.parse(Buffer.concat(chunks)))
				.then(({ subject = '', text = '' }) => mails.push({ to, subject, text: text.trim() }))
				.then(() => callback(), callback);
		},
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', resolve);
	});
	return {
		port: (server.server.address() as AddressInfo).port,
		mails,
		close: async () => await new Promise((resolve) => server.close(resolve)),
	};
}
