/** When a draft under review is due, hours counted from `from`. */
export const dueAfter = (from: Date, hours: number): Date => new Date(from.getTime() + hours * 3_600_000);

/** The moment the timer of a pending draft fires: when it is due, or when the agent's own deadline passes first. */
export const timerAt = (dueAt: Date, deadline: Date | null): Date =>
  deadline && deadline < dueAt ? deadline : dueAt;

/**
 * Whether a pending draft has expired: the agent's own deadline is past, or it is past due with nobody left to
 * escalate to and a policy that then denies. True from that moment on, whether or not its timer has fired.
 */
export const hasLapsed = (
  wait: { dueAt: Date | null; deadline: Date | null; isLastLevel: boolean; onTimeout: "deny" | "hold" },
  now: Date,
): boolean =>
  (wait.deadline !== null && now >= wait.deadline) ||
  (wait.dueAt !== null && now >= wait.dueAt && wait.isLastLevel && wait.onTimeout === "deny");
