import type { BatchResult } from "@/lib/drafts/batch/types";

export const countOf = (count: number, noun = "draft"): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

const DONE = { approve: "approved", reject: "rejected", request_changes: "sent back" } as const;

/** What came of a batch, in a line: "9 approved, 1 rejected · 2 left out". A check is no decision: it stands apart. */
export function resultLine(results: readonly BatchResult[]): string {
  const decided = (["approve", "reject", "request_changes"] as const).flatMap((verdict) => {
    const count = results.filter((result) => result.ok && !result.check && result.verdict === verdict).length;
    return count > 0 ? [`${count} ${DONE[verdict]}`] : [];
  });
  const leftOut = results.flatMap((result) => (result.ok ? [] : [result.message]));
  const why = leftOut.length === 1 ? `: ${leftOut[0]}` : "";
  const checks = ([true, false] as const).flatMap((caught) => {
    const count = results.filter((result) => result.ok && result.check?.caught === caught).length;
    return count > 0 ? [`${countOf(count, "check")} ${caught ? "caught" : "missed"}`] : [];
  });
  const line = [
    decided.join(", "),
    ...checks,
    ...(leftOut.length > 0 ? [`${leftOut.length} left out${why}`] : []),
  ];
  const words = line.filter(Boolean).join(" · ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What follows beyond the decision itself: approvals that are missing, drafts that went on to somebody else. */
export function whatFollows(results: readonly BatchResult[]): string | undefined {
  const waiting = results.filter((result) => result.ok && result.approvalsMissing > 0).length;
  const moved = results.flatMap((result) =>
    result.ok && result.movedTo ? [result.movedTo.approverRule] : [],
  );
  const sentences = [
    ...checkSentences(results),
    ...(waiting > 0
      ? [`${countOf(waiting)} ${waiting === 1 ? "waits" : "wait"} for one more approval.`]
      : []),
    ...(moved.length > 0
      ? [`${countOf(moved.length)} turned out stricter and went on to ${[...new Set(moved)].join(", ")}.`]
      : []),
  ];
  return sentences.length > 0 ? sentences.join(" ") : undefined;
}

/** What is said of the checks of attention that were among them. */
function checkSentences(results: readonly BatchResult[]): string[] {
  return results.flatMap((result) => {
    if (!result.ok || !result.check) return [];
    const { caught, because } = result.check;
    return caught
      ? [`One was a check, and you caught it: it ought to be rejected, because ${because}`]
      : [`One was a check that ought to be rejected, because ${because} Nothing of it was carried out.`];
  });
}

export const undoLabel = (undoable: number, all: number): string =>
  undoable === all ? "Undo" : `Undo ${undoable} of ${all}`;

/** Why some decisions could not be taken back: each reason once, with how many it holds for. */
export function whyKept(kept: readonly { message: string }[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { message } of kept) counts.set(message, (counts.get(message) ?? 0) + 1);
  const sentences = [...counts].map(
    ([message, count]) => `${count} ${count === 1 ? "stands" : "stand"}: ${message}`,
  );
  return sentences.length > 0 ? sentences.join(" ") : undefined;
}
