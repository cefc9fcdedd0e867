import type { FactSource } from "@/lib/policy-files/resolve-fact-sources";

/** What people made of a draft. `upheld` and `overturned` are about what ran by itself and was looked at afterwards. */
export const OUTCOMES = [
  "approved",
  "edited",
  "rejected",
  "changes_requested",
  "upheld",
  "overturned",
] as const;
export type PastOutcome = (typeof OUTCOMES)[number];

/** Whether people would have stopped or changed it, had they been asked. */
export const isWrong = (outcome: PastOutcome): boolean => outcome !== "approved" && outcome !== "upheld";

/** A fact that is read of every case: by its name in some policy, or any value of the payload. */
export interface Column {
  name: string;
  source: FactSource;
}

/** One past draft as it was proposed, with the facts of then. */
export interface PastCase {
  id: string;
  /** When it was submitted, in seconds since 1970. */
  at: number;
  agentId: string;
  subjectType: string;
  imported: boolean;
  /** What people made of it; null where nobody decided: it ran by itself, waits, expired or was withdrawn. */
  outcome: PastOutcome | null;
  /** How long people had it on their screens, all in all; null where nobody measured. */
  seconds: number | null;
  /** One for each column; null or undefined where it is unknown. */
  values: readonly unknown[];
}

/** Past drafts of one action type and what is known of each. */
export interface PastCases {
  actionType: string;
  columns: readonly Column[];
  cases: readonly PastCase[];
}

/** What tells one fact from another: the same name may mean something else in another policy. */
export const sourceKey = (source: FactSource): string => JSON.stringify(source);

/** Where a fact stands among the columns; −1 where it is not read, and so unknown. */
export const columnOf = (columns: readonly Column[], source: FactSource): number => {
  const key = sourceKey(source);
  return columns.findIndex((column) => sourceKey(column.source) === key);
};
