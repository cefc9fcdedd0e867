const WINDOW_MS = 60_000;
const MOST_CRASHES = 5;

/**
 * How long to wait before a process that crashed starts again, given when it crashed (epoch milliseconds, the last
 * one included) and what time it is: a quarter of a second, doubling. Null when it crashed five times in a minute.
 */
export function restartDelayMs(crashes: readonly number[], now: number): number | null {
  const recent = crashes.filter((at) => now - at < WINDOW_MS).length;
  return recent >= MOST_CRASHES ? null : 250 * 2 ** Math.max(0, recent - 1);
}
