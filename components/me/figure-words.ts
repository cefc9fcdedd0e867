import type { DayFigures } from "@/lib/drafts/get-day-figures";

/** How many decisions stand. */
export const decidedOf = ({ approved, rejected, sentBack }: DayFigures): number =>
  approved + rejected + sentBack;

/** A length of time on the screen: "45 s", "12 min", "3 h 20 min". */
export function formatSeconds(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A part of a whole in percent; never 0 or 100 unless it is none or all. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return "–";
  if (part === 0 || part === whole) return part === 0 ? "0%" : "100%";
  return `${Math.min(99, Math.max(1, Math.round((100 * part) / whole)))}%`;
}

/** What thirty days of figures say, in a sentence or two. */
export function meaningOf(month: DayFigures): string {
  const decided = decidedOf(month);
  if (decided === 0) return "You have decided nothing in the last 30 days.";
  const drafts = `${decided.toLocaleString("en-US")} drafts`;
  const asIs = formatShare(month.approved - month.edited, decided);
  const spent =
    month.medianSeconds === null
      ? "."
      : `, and looked at half of them for ${formatSeconds(month.medianSeconds)} or longer.`;
  const quick =
    month.quick === 0
      ? " None was approved before the reading time its policy asks for had passed."
      : ` ${month.quick === 1 ? "One was" : `${month.quick} were`} approved before the reading time the policy asks for had passed.`;
  if (decided === 1) return `In the last 30 days you decided 1 draft.${quick}`;
  return `In the last 30 days you decided ${drafts}, approved ${asIs} of them unchanged${spent}${quick}`;
}
