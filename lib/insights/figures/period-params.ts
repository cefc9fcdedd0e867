import { type PERIOD_PRESETS, type Period, type PeriodInput, periodSchema } from "./period";

const DEFAULT_PERIOD = "30d";

/** The period that an address names: `period=7d`, or `from` and `to`. One that makes no sense is as if it were not there. */
export function readPeriod(
  params: Partial<Record<string, string>>,
  now: Date,
): { period: PeriodInput; isDropped: boolean } {
  const { period, from, to } = params;
  if (period === undefined && from === undefined && to === undefined) {
    return { period: DEFAULT_PERIOD, isDropped: false };
  }
  const parsed = periodSchema.safeParse(from !== undefined || to !== undefined ? { from, to } : period);
  const isOver = parsed.success && typeof parsed.data !== "string" && parsed.data.from > now.toISOString();
  return parsed.success && !isOver
    ? { period: parsed.data, isDropped: false }
    : { period: DEFAULT_PERIOD, isDropped: true };
}

/** The same as parameters of an address. */
export const periodParams = ({ preset, from, to }: Pick<Period, "preset" | "from" | "to">): string =>
  new URLSearchParams(preset ? { period: preset } : { from, to }).toString();

export const PRESET_LABELS: Record<(typeof PERIOD_PRESETS)[number], string> = {
  "7d": "7 days",
  "30d": "30 days",
  "90d": "90 days",
  "12m": "12 months",
};
