import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A running HTTP server on this machine. */
export interface HttpServer {
	/** The host and port, as error messages name them. */
	host: string;
	url: string;
	close: () => Promise<void>;
}

/** Starts a server on a free port. @param create overrides how it is created, e.g. for HTTPS */
export async function startHttpServer(
	listener: RequestListener,
	create: (listener: RequestListener) => Server = createServer,
): Promise<HttpServer> {
	const server = create(listener);
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		host,
		url: `http://${host}`,
		close: async () => {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
}
