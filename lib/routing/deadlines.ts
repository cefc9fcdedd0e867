import { addBusinessHours, type BusinessCalendar } from "./business-hours";

/** When a draft under review is due, hours counted from `from`: all of them, or those of a calendar only. */
export const dueAfter = (from: Date, hours: number, calendar: BusinessCalendar | null = null): Date =>
  calendar ? addBusinessHours(from, hours, calendar) : new Date(from.getTime() + hours * 3_600_000);

/** The wait of a pending draft on one level of its chain. */
export interface Wait {
  since: Date;
  dueAt: Date;
  /** The agent's own deadline: past it, the decision is of no use any more. */
  deadline: Date | null;
}

/** The shares of the wait after which those who are asked are reminded. */
export const REMINDERS = [0.5, 0.9] as const;

/** When the reminders are due, in order; none after the agent's deadline. */
export const remindersOf = ({ since, dueAt, deadline }: Wait): Date[] =>
  REMINDERS.map((share) => new Date(since.getTime() + share * (dueAt.getTime() - since.getTime()))).filter(
    (at) => deadline === null || at < deadline,
  );

/**
 * The moment after `now` at which something happens to a draft that nobody decides: a reminder, its due time, the
 * agent's deadline. Its due time or deadline, whichever comes first, when all lie in the past.
 */
export function nextWakeOf(wait: Wait, now: Date): Date {
  const last = wait.deadline && wait.deadline < wait.dueAt ? wait.deadline : wait.dueAt;
  return remindersOf(wait).find((at) => at > now && at < last) ?? last;
}

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
