import { createHmac } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the webhooks of the organization are signed with, always the same, so that it can be put in a credential. */
export const WEBHOOK_SECRET = 'whsec_sandbox';

/** How long a receiver may take to answer, in ms. */
const PATIENCE_MS = 10_000;

/** A webhook that was sent. */
export interface Delivery {
	/** What it is about. */
	id: string;
	url: string;
	/** When it was sent, in ms since 1970. */
	at: number;
	headers: Record<string, string>;
	/** As sent. */
	body: string;
	/** The status of the answer; null when none came. */
	status: number | null;
}

/** How a webhook differs from a right one. */
export interface Forgery {
	/** What it is signed with. */
	secret?: string;
	/** How long ago it was signed, in seconds. */
	age?: number;
}

/** Whether a webhook may go to an address: by HTTPS, or to this machine. */
export function isWebhookUrl(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const { protocol, hostname } = new URL(url);
	const isHere = hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
	return protocol === 'https:' || (protocol === 'http:' && isHere);
}

/** The value of the header `Sync-Signature`. @param time in seconds since 1970 */
export const signature = (body: string, secret: string, time: number): string =>
	`t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;

/** Sends webhooks, each once, and keeps what came of them. */
export class Webhooks {
	deliveries: Delivery[] = [];

	private readonly arrivals = new EventEmitter();

	private ending = new AbortController();

	/**
	 * Sends one, and waits for its answer.
	 *
	 * @param payload what it says; its `id` is what it is about
	 * @param delayMs how long to wait before
	 */
	async send(
		url: string,
		payload: { id: string },
		{ delayMs = 0, secret = WEBHOOK_SECRET, age = 0 }: Forgery & { delayMs?: number } = {},
	): Promise<Delivery> {
		// Those of now: what ends after a reset is not kept.
		const { deliveries, ending } = this;
		await sleep(delayMs, undefined, { ref: false, signal: ending.signal });
		const at = Date.now();
		const body = JSON.stringify(payload);
		const headers = {
			'content-type': 'application/json',
			'sync-signature': signature(body, secret, Math.floor(at / 1000) - age),
		};
		const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(PATIENCE_MS)]);
		const request: RequestInit = { method: 'POST', headers, body, redirect: 'manual', signal };
		const delivery = {
			id: payload.id,
			url,
			at,
			headers,
			body,
			status: await statusOf(url, request),
		};
		deliveries.push(delivery);
		this.arrivals.emit('arrival');
		return delivery;
	}

	/** Waits until so many were sent and answered, or not, since the start or the last reset. */
	async reaches(count: number): Promise<void> {
		while (this.deliveries.length < count) await once(this.arrivals, 'arrival');
	}

	/** Ends what is on its way, and starts anew. */
	reset(): void {
		this.ending.abort();
		this.ending = new AbortController();
		this.deliveries = [];
	}
}

async function statusOf(url: string, request: RequestInit): Promise<number | null> {
	try {
		const { status, body } = await fetch(url, request);
		await body?.cancel();
		return status;
	} catch {
		return null;
	}
}
