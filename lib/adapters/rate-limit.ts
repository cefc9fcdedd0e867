/** Answers 0 when the holder may go on, else the whole seconds after which there is a token again. */
export type RateLimit = (holder: string, nowMs: number) => number;

interface Bucket {
  tokens: number;
  /** When `tokens` was right, in milliseconds. */
  atMs: number;
}

/**
 * A token bucket per holder, in this process's memory: `perSecond` tokens a second, at most `burst` saved up.
 * Keeps the `maxHolders` that asked last; one that is forgotten starts again with a full bucket.
 */
export function createRateLimit(options: {
  perSecond: number;
  burst: number;
  maxHolders?: number;
}): RateLimit {
  const { perSecond, burst, maxHolders = 10_000 } = options;
  const buckets = new Map<string, Bucket>();
  return (holder, nowMs) => {
    const bucket = buckets.get(holder) ?? { tokens: burst, atMs: nowMs };
    const earned = (Math.max(0, nowMs - bucket.atMs) * perSecond) / 1000;
    bucket.tokens = Math.min(burst, bucket.tokens + earned);
    bucket.atMs = nowMs;
    buckets.delete(holder);
    buckets.set(holder, bucket);
    if (buckets.size > maxHolders) buckets.delete(buckets.keys().next().value!);
    if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / perSecond);
    bucket.tokens -= 1;
    return 0;
  };
}
