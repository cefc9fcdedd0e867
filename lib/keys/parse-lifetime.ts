import { CountersignError } from "@/lib/errors";

const UNIT_MS = { h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/**
 * Milliseconds of a lifetime such as `12h`, `90d` or `52w`.
 * @throws CountersignError `invalid_request` for anything else, zero, and more than ten years.
 */
export function parseLifetime(text: string): number {
  const [, count, unit] = /^([1-9]\d{0,5})([hdw])$/.exec(text) ?? [];
  const ms = Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS];
  if (ms > 0 && ms <= 3660 * UNIT_MS.d) return ms;
  throw new CountersignError(
    "invalid_request",
    `"${text}" is no lifetime. Write 12h, 90d or 52w; ten years at most.`,
  );
}
