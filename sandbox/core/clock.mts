/** The time, as the API writes it. */
export class Clock {
	/** In milliseconds since 1970. Starts after the newest item of the library. */
	private latest = Date.parse('2026-10-31T00:00:00.000Z');

	/** Gets the current time in ISO 8601. Each time is later than the one before, so that sorting has only one result. */
	now(): string {
		this.latest = Math.max(Date.now(), this.latest + 1);
		return new Date(this.latest).toISOString();
	}
}
