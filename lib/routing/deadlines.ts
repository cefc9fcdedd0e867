/** When a draft under review is due, hours counted from `from`. */
export const dueAfter = (from: Date, hours: number): Date => new Date(from.getTime() + hours * 3_600_000);

/** The moment the timer of a pending draft fires: when it is due, or when the agent's own deadline passes first. */
export const timerAt = (dueAt: Date, deadline: Date | null): Date =>
  deadline && deadline < dueAt ? deadline : dueAt;
