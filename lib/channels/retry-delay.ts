const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** An outage of seconds costs seconds; one of half a day is still survived. */
const DELAYS_MS = [
  SECOND,
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  6 * HOUR,
  8 * HOUR,
];
const JITTER = 0.2;

/** How often a delivery is tried in all before it counts as failed: twelve times, spread over about a day. */
export const MAX_DELIVERY_ATTEMPTS = DELAYS_MS.length + 1;

/**
 * Milliseconds to wait after the `attempts`-th failed attempt, with jitter of 20 % either way so that a receiver that
 * comes back is not met by everyone at once. A receiver's Retry-After (`atLeastMs`) can lengthen it, to an hour at most.
 */
export function retryDelayMs(attempts: number, atLeastMs: number | null, random = Math.random()): number {
  const base = DELAYS_MS[Math.min(Math.max(attempts, 1), DELAYS_MS.length) - 1]!;
  const jittered = base * (1 + JITTER * (2 * random - 1));
  return Math.round(Math.max(jittered, Math.min(atLeastMs ?? 0, HOUR)));
}

/** Milliseconds that a Retry-After header asks for (RFC 9110: seconds or a date); null when it says nothing usable. */
export function parseRetryAfter(header: string | null | undefined, now: Date): number | null {
  const text = header?.trim();
  if (!text) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text) * SECOND;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
}

/**
 * Milliseconds until something that waits for a person or a fact is looked at again: as long as it has waited already,
 * between half a minute and ten minutes.
 */
export function recheckDelayMs(waitedMs: number): number {
  return Math.min(Math.max(waitedMs, 30 * SECOND), 10 * MINUTE);
}
