/** When drafts waited, in epoch seconds: `until[n]` is when the one that came at `from[n]` stopped waiting. */
export interface Waits {
  from: number[];
  until: number[];
}

/** How many drafts waited in the course of a stretch, both ends in epoch milliseconds. */
export const countWaiting = ({ from, until }: Waits, start: number, end: number): number =>
  from.reduce((count, began, n) => (began * 1000 < end && until[n]! * 1000 > start ? count + 1 : count), 0);
