import { createHmac } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Settings } from './settings.mts';

/** The webhook signing secret of the organization. Constant, so that it can be stored in a credential. */
export const WEBHOOK_SECRET = 'whsec_sandbox';

/** How long to wait for a response, in milliseconds. */
const TIMEOUT_MS = 10_000;

/** A webhook that was sent, and its response. */
export interface Delivery {
	/** The ID of the generation or batch. */
	id: string;
	url: string;
	/** When it was sent, in milliseconds since 1970. */
	at: number;
	headers: Record<string, string>;
	/** As sent. */
	body: string;
	/** HTTP status of the response; null if there was none. */
	status: number | null;
}

/** How to sign a webhook, for example with a wrong secret. */
export interface SignatureOptions {
	/** Default: the signing secret of the organization. */
	secret?: string;
	/** The age of the signature, in seconds. Default: 0. */
	age?: number;
	/** The header with the signature. The documentation also has another name for it. Default: `sync-signature`. */
	header?: 'sync-signature' | 'x-signature-primary';
}

/** How to send a webhook. */
interface DeliveryOptions extends SignatureOptions {
	/** How long to wait first, in milliseconds. Default: 0. */
	delayMs?: number;
}

/** Whether the API accepts a webhook URL: HTTPS, or HTTP on this machine. */
export function isWebhookUrl(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const { protocol, hostname } = new URL(url);
	const isLocal = hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
	return protocol === 'https:' || (protocol === 'http:' && isLocal);
}

/**
 * Creates the value of the `Sync-Signature` header.
 *
 * @param time in seconds since 1970
 */
export const createSignature = (body: string, secret: string, time: number): string =>
	`t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;

/** Sends webhooks, without retries, and keeps a list of the deliveries. */
export class WebhookSender {
	/** The deliveries since the start or the last reset, oldest first. */
	deliveries: Delivery[] = [];

	private readonly events = new EventEmitter();

	private stopping = new AbortController();

	/**
	 * Sends a webhook and waits for the response.
	 *
	 * @param payload the body; its `id` identifies the generation or batch
	 * @throws AbortError if a reset ends the delay
	 */
	async send(
		url: string,
		payload: { id: string },
		{
			delayMs = 0,
			secret = WEBHOOK_SECRET,
			age = 0,
			header = 'sync-signature',
		}: DeliveryOptions = {},
	): Promise<Delivery> {
		// A reset replaces both. A delivery that ends after it must not appear in the new list.
		const { deliveries, stopping } = this;
		await sleep(delayMs, undefined, { ref: false, signal: stopping.signal });
		const at = Date.now();
		const body = JSON.stringify(payload);
		const headers = {
			'content-type': 'application/json',
			[header]: createSignature(body, secret, Math.floor(at / 1000) - age),
		};
		const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(TIMEOUT_MS)]);
		const status = await post(url, { headers, body, redirect: 'manual', signal });
		const delivery = { id: payload.id, url, at, headers, body, status };
		deliveries.push(delivery);
		this.events.emit('delivery');
		return delivery;
	}

	/**
	 * Sends a webhook without waiting for the response, unless the settings turn webhooks off.
	 *
	 * @param url null or undefined sends nothing
	 */
	sendInBackground(
		url: string | null | undefined,
		payload: { id: string },
		{ webhooks, webhookDelayMs: delayMs }: Settings,
	): void {
		if (webhooks === 'off' || !url) return;
		// It only fails if a reset cancels it, so the error can be ignored.
		this.send(url, payload, { delayMs }).catch(() => undefined);
	}

	/** Waits until this many deliveries have ended since the start or the last reset. */
	async waitForCount(count: number): Promise<void> {
		while (this.deliveries.length < count) await once(this.events, 'delivery');
	}

	/** Cancels the deliveries in flight and clears the list. */
	reset(): void {
		this.stopping.abort();
		this.stopping = new AbortController();
		this.deliveries = [];
	}
}

/** Sends a POST request. @returns the HTTP status of the response; null if there was none */
async function post(url: string, init: RequestInit): Promise<number | null> {
	try {
		const { status, body } = await fetch(url, { method: 'POST', ...init });
		await body?.cancel();
		return status;
	} catch {
		return null;
	}
}
