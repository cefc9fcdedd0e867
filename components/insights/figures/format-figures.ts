import type { Rate } from "@/lib/insights/figures/types";

/** What stands where there is nothing to count. */
export const NONE = "—";

const MANY = 1_000;

/** A share as a percentage. Only all is 100%, and only none is 0%; of many cases with a decimal. */
export function formatShare(share: number, of = 0): string {
  const digits = of >= MANY ? 1 : 0;
  const text = (share * 100).toFixed(digits);
  if (share > 0 && Number(text) === 0) return digits ? "<0.1%" : "<1%";
  if (share < 1 && Number(text) === 100) return digits ? ">99.9%" : ">99%";
  return share === 0 || share === 1 ? `${share * 100}%` : `${text}%`;
}

/** A rate, or that there is none. */
export const formatRate = (rate: Rate | null): string => (rate ? formatShare(rate.share, rate.of) : NONE);

/** Its 95% interval in percent: "88–95". */
export const formatInterval = ({ low, high }: Rate): string =>
  `${Math.floor(low * 100)}–${Math.ceil(high * 100)}%`;

export const formatCount = (count: number): string => count.toLocaleString("en");

/** A length of time in the unit that fits: "45 s", "12 min", "5.2 h", "3.4 d". */
export function formatSeconds(seconds: number): string {
  const inUnit = (value: number, unit: string) =>
    `${value < 9.95 ? Number(value.toFixed(1)) : Math.round(value)} ${unit}`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3_600) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3_600) return inUnit(seconds / 3_600, "h");
  return inUnit(seconds / 86_400, "d");
}

/** "+2.1 points". */
export function formatPoints(points: number): string {
  const rounded = Number((points * 100).toFixed(1));
  return `${rounded > 0 ? "+" : rounded < 0 ? "−" : "±"}${Math.abs(rounded)} points`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A UTC day: "23 Oct", with its year where that is asked for. */
export function formatDay(day: string, withYear = false): string {
  const [year, month, date] = day.split("-").map(Number);
  return `${date} ${MONTHS[month! - 1]}${withYear ? ` ${year}` : ""}`;
}

/** "23 Oct – 21 Nov 2026". */
export function formatDays(from: string, to: string): string {
  if (from === to) return formatDay(to, true);
  return `${formatDay(from, from.slice(0, 4) !== to.slice(0, 4))} – ${formatDay(to, true)}`;
}
