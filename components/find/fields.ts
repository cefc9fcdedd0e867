import { formatSpan } from "@/components/ui/format-time";
import type { HistoryOutcome, HistoryPeriod } from "@/lib/drafts/filter-limits";
import type { HistoryFilters } from "@/lib/drafts/history-filters";
import type { InboxFilters } from "@/lib/drafts/inbox-filters";
import type { FilterOptions } from "@/lib/drafts/list-filter-options";
import type { Tier } from "@/lib/drafts/types";

/** What either list can be narrowed by, apart from words. */
export type AllFilters = InboxFilters & HistoryFilters;
export type ListName = "inbox" | "history";

/** What turns the values of filters into words. */
export interface Naming {
  options: FilterOptions;
  /** The name of a person by id, where the page knows it. */
  personName: (id: string) => string | null;
  /** Keeps the name of somebody who was just chosen, until the page knows it. */
  rememberName?: (id: string, name: string) => void;
}

/** One thing to narrow by: its label, the filters that it sets, and what they say when they are set. */
export interface FilterField {
  key: FieldKey;
  label: string;
  filters: (keyof AllFilters)[];
  words: (filters: AllFilters, naming: Naming) => string;
  /** Nothing to choose: it is on or off. */
  isSwitch?: true;
}
export type FieldKey =
  | "type"
  | "tier"
  | "agent"
  | "subject"
  | "amount"
  | "age"
  | "due"
  | "escalated"
  | "held"
  | "outcome"
  | "decided"
  | "decidedBy"
  | "automatic"
  | "imported"
  | "rule";

export const TIER_WORDS: Record<Tier, string> = {
  low: "Low",
  medium: "Medium",
  high: "High",
  prohibited: "Prohibited",
};
export const OUTCOME_WORDS: Record<HistoryOutcome, string> = {
  approved: "Approved",
  edited: "Edited, then approved",
  rejected: "Rejected",
  changes_requested: "Changes asked",
  expired: "Expired",
  withdrawn: "Withdrawn",
  blocked: "Blocked",
  failed: "Failed",
};
export const PERIOD_WORDS: Record<HistoryPeriod, string> = {
  today: "Today",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
};

const HOUR_MS = 3_600_000;
export const hoursInWords = (hours: number): string => formatSpan(hours * HOUR_MS);

/** "Refund, Send e-mail" or "Refund and 3 more". */
const listed = (values: readonly string[], word: (value: string) => string = (value) => value): string => {
  const [first = "", second] = values;
  if (values.length <= 2) return second === undefined ? word(first) : `${word(first)}, ${word(second)}`;
  return `${word(first)} and ${values.length - 1} more`;
};
const plainNumber = (value: number): string => value.toLocaleString("en-US", { maximumFractionDigits: 4 });
const rangeInWords = (from: string | undefined, to: string | undefined): string => {
  if (from !== undefined && to !== undefined) return from === to ? from : `${from} – ${to}`;
  return from === undefined ? `up to ${to}` : `from ${from}`;
};
const dayInWords = (day: string | undefined): string | undefined =>
  day &&
  new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  }).format(new Date(`${day}T00:00:00Z`));

const FIELDS: Record<FieldKey, Omit<FilterField, "key">> = {
  outcome: {
    label: "Outcome",
    filters: ["outcomes"],
    words: ({ outcomes = [] }) => listed(outcomes.map((outcome) => OUTCOME_WORDS[outcome])),
  },
  decided: {
    label: "Date",
    filters: ["period", "from", "to", "zone"],
    words: ({ period, from, to }) =>
      period ? PERIOD_WORDS[period].toLowerCase() : rangeInWords(dayInWords(from), dayInWords(to)),
  },
  decidedBy: {
    label: "Decided by",
    filters: ["decidedBy"],
    words: ({ decidedBy = "" }, { personName }) =>
      decidedBy === "me" ? "me" : (personName(decidedBy) ?? "somebody else"),
  },
  automatic: {
    label: "Ran by itself",
    filters: ["automatic"],
    words: ({ automatic }) => (automatic ? "yes" : "no"),
  },
  imported: {
    label: "Imported",
    filters: ["imported"],
    words: ({ imported }) => (imported ? "yes" : "no"),
  },
  type: {
    label: "Type",
    filters: ["types"],
    words: ({ types = [] }, { options }) =>
      listed(types, (type) => options.types.find(({ id }) => id === type)?.title ?? type),
  },
  rule: { label: "Rule", filters: ["rules"], words: ({ rules = [] }) => listed(rules) },
  tier: {
    label: "Tier",
    filters: ["tiers"],
    words: ({ tiers = [] }) => listed(tiers.map((tier) => TIER_WORDS[tier])),
  },
  agent: { label: "Agent", filters: ["agents"], words: ({ agents = [] }) => listed(agents) },
  subject: { label: "Subject", filters: ["subject"], words: ({ subject = "" }) => subject },
  amount: {
    label: "Amount",
    filters: ["minAmount", "maxAmount"],
    words: ({ minAmount, maxAmount }) =>
      rangeInWords(
        minAmount === undefined ? undefined : plainNumber(minAmount),
        maxAmount === undefined ? undefined : plainNumber(maxAmount),
      ),
  },
  due: {
    label: "Time left",
    filters: ["dueWithinHours"],
    words: ({ dueWithinHours = 0 }) => `under ${hoursInWords(dueWithinHours)}`,
  },
  age: {
    label: "Age",
    filters: ["olderThanHours"],
    words: ({ olderThanHours = 0 }) => `over ${hoursInWords(olderThanHours)}`,
  },
  escalated: { label: "Escalated", filters: ["escalated"], words: () => "", isSwitch: true },
  held: { label: "Held back", filters: ["held"], words: () => "", isSwitch: true },
};

const FIELDS_OF: Record<ListName, FieldKey[]> = {
  inbox: ["type", "tier", "agent", "subject", "amount", "due", "age", "escalated", "held"],
  history: [
    "decided",
    "decidedBy",
    "outcome",
    "automatic",
    "imported",
    "type",
    "rule",
    "tier",
    "agent",
    "subject",
    "amount",
  ],
};

/** The rules to choose among: of the types that are chosen, else of all. */
export const rulesOf = ({ types }: FilterOptions, { types: chosen = [] }: AllFilters): string[] => {
  const among = types.filter(({ id }) => chosen.length === 0 || chosen.includes(id));
  return [...new Set(among.flatMap(({ rules }) => rules))];
};

/** What a list can be narrowed by, in the order in which it is offered. */
export const fieldsOf = (list: ListName): FilterField[] =>
  FIELDS_OF[list].map((key) => ({ key, ...FIELDS[key] }));

/** Whether a field narrows the list now. A zone alone does not. */
export const isOn = (field: FilterField, filters: AllFilters): boolean =>
  field.filters.some((name) => {
    const value = filters[name];
    return name !== "zone" && value !== undefined && !(Array.isArray(value) && value.length === 0);
  });

/** The filters without what this field set. */
export function without(field: FilterField, filters: AllFilters): AllFilters {
  const left = { ...filters };
  for (const name of field.filters) delete left[name];
  return left;
}
