import {
  FILTER_TIERS,
  HISTORY_OUTCOMES,
  HISTORY_PERIODS,
  isCalendarDay,
  isPlainText,
  isTimeZone,
  MOST_AMOUNT,
  MOST_CHOICE_LENGTH,
  MOST_CHOICES,
  MOST_HOURS,
  MOST_SEARCHED,
  MOST_SUBJECT_LENGTH,
} from "./filter-limits";
import type { HistoryFilters } from "./history-filters";
import type { InboxFilters } from "./inbox-filters";

type AllFilters = InboxFilters & HistoryFilters;
/** How a filter stands in an address. `read` gives undefined for what makes no sense. */
interface Param<Value> {
  name: string;
  read: (values: string[]) => Value | undefined;
  write: (value: Value) => string[];
}

const text = (name: string, most: number, isValid = isPlainText): Param<string> => ({
  name,
  read: ([first = ""]) => (first.length <= most && isValid(first) ? first : undefined),
  write: (value) => [value],
});
const oneOf = <Value extends string>(name: string, known: readonly Value[]): Param<Value> => ({
  name,
  read: ([first]) => known.find((value) => value === first),
  write: (value) => [value],
});
const anyOf = <Value extends string>(name: string, isValid: (value: string) => boolean): Param<Value[]> => ({
  name,
  read: (values) => {
    const valid = [...new Set(values)].filter(isValid).slice(0, MOST_CHOICES);
    return valid.length > 0 ? (valid as Value[]) : undefined;
  },
  write: (values) => values,
});
const number = (name: string, isValid: (value: number) => boolean): Param<number> => ({
  name,
  read: ([first = ""]) => {
    const value = /^-?\d{1,16}(\.\d{1,4})?$/.test(first) ? Number(first) : Number.NaN;
    return isValid(value) ? value : undefined;
  },
  write: (value) => [String(value)],
});
const flag = (name: string): Param<true> => ({
  name,
  read: ([first]) => (first === "yes" ? true : undefined),
  write: () => ["yes"],
});

const either = (name: string): Param<boolean> => ({
  name,
  read: ([first]) => (first === "yes" ? true : first === "no" ? false : undefined),
  write: (value) => [value ? "yes" : "no"],
});

const isChoice = (value: string) => value.length <= MOST_CHOICE_LENGTH && isPlainText(value);
const isAmount = (value: number) => Math.abs(value) <= MOST_AMOUNT;
const isHours = (value: number) => value > 0 && value <= MOST_HOURS;

const DRAFT_PARAMS = {
  q: { name: "q", read: ([first = ""]) => first.slice(0, MOST_SEARCHED), write: (value) => [value] },
  types: anyOf("type", isChoice),
  tiers: anyOf("tier", (value) => FILTER_TIERS.some((tier) => tier === value)),
  agents: anyOf("agent", isChoice),
  subject: text("subject", MOST_SUBJECT_LENGTH),
  minAmount: number("min", isAmount),
  maxAmount: number("max", isAmount),
} satisfies Params;
const INBOX_PARAMS = {
  ...DRAFT_PARAMS,
  olderThanHours: number("older", isHours),
  dueWithinHours: number("due", isHours),
  escalated: flag("escalated"),
  held: flag("held"),
} satisfies Params;
const HISTORY_PARAMS = {
  ...DRAFT_PARAMS,
  outcomes: anyOf("outcome", (value) => HISTORY_OUTCOMES.some((outcome) => outcome === value)),
  decidedBy: text("by", 100),
  rules: anyOf("rule", isChoice),
  automatic: either("automatic"),
  imported: either("imported"),
  period: oneOf("period", HISTORY_PERIODS),
  from: text("from", 10, isCalendarDay),
  to: text("to", 10, isCalendarDay),
  zone: text("zone", 60, isTimeZone),
} satisfies Params;
type Params = { [Key in keyof AllFilters]?: Param<NonNullable<AllFilters[Key]>> };

/** The filters that an address names, and the parameters whose value makes no sense, which are as if they were not there. */
export interface ReadFilters<Filters> {
  filters: Filters;
  dropped: string[];
}

function read(params: Params, query: URLSearchParams): ReadFilters<object> {
  const filters: Record<string, unknown> = {};
  const dropped: string[] = [];
  for (const [key, param] of Object.entries(params)) {
    const values = query.getAll(param.name).filter((value) => value !== "");
    if (values.length === 0) continue;
    const value = param.read(values);
    if (value === undefined) dropped.push(param.name);
    else filters[key] = value;
  }
  return { filters, dropped };
}

/** The filters in the address of an inbox. Never throws. */
export const readInboxFilters = (query: URLSearchParams): ReadFilters<InboxFilters> =>
  read(INBOX_PARAMS, query);

/** The filters in the address of the history. Never throws. */
export const readHistoryFilters = (query: URLSearchParams): ReadFilters<HistoryFilters> =>
  read(HISTORY_PARAMS, query);

/** A copy of a query with these filters in place of those it had; what else it says stays. */
export function writeFilters(
  filters: InboxFilters | HistoryFilters,
  query = new URLSearchParams(),
): URLSearchParams {
  const written = new URLSearchParams(query);
  const params: Params = { ...INBOX_PARAMS, ...HISTORY_PARAMS };
  for (const [key, param] of Object.entries(params)) {
    written.delete(param.name);
    const value = filters[key as keyof typeof filters];
    if (value === undefined || value === "") continue;
    for (const one of (param as Param<unknown>).write(value)) written.append(param.name, one);
  }
  return written;
}

/** Whether anything is narrowed. */
export const hasFilters = (filters: InboxFilters | HistoryFilters): boolean => writeFilters(filters).size > 0;
