/** The time, in the format of the API. */
export class Clock {
	/** In milliseconds since 1970. Starts after the newest fixture. */
	private latest = Date.parse('2026-10-31T00:00:00.000Z');

	/** Gets the current time in ISO 8601. No two calls return the same time, so that sorting by time is unambiguous. */
	now(): string {
		this.latest = Math.max(Date.now(), this.latest + 1);
		return new Date(this.latest).toISOString();
	}
}
