import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
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
  /** What stands behind the source in its policy: whose fact it is, or how it is looked up. */
  behind?: unknown;
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
  /** One for each column; null where it is unknown. */
  values: readonly unknown[];
}

/** Past drafts of one action type and what is known of each. */
export interface PastCases {
  actionType: string;
  columns: readonly Column[];
  cases: readonly PastCase[];
}

/** What tells one fact from another: the same name, or the same source, may mean something else in another policy. */
export const meaningOf = ({ source, behind }: Pick<Column, "source" | "behind">): string =>
  JSON.stringify(behind === undefined ? source : [source, behind]);

/** A policy's fact as a column. */
export function toColumn(name: string, source: FactSource, { raw }: Pick<LoadedPolicy, "raw">): Column {
  const behind = source.kind === "http" ? raw.lookups?.[source.lookup] : raw.subject_from;
  const stands = behind !== undefined && (source.kind === "http" || isOfSubject(source));
  return { name, source, ...(stands ? { behind } : {}) };
}

/** Whether it is a fact of whatever the draft is about, which the policy may say. */
const isOfSubject = (source: FactSource): boolean =>
  source.kind === "subject_check" ||
  (source.kind === "pushed" && source.idPointer === null) ||
  (source.kind === "computed" && source.name.startsWith("subject_"));

/** Where a fact of a policy stands among the columns; −1 where it is not read, and so unknown. */
export const columnOf = (columns: readonly Column[], source: FactSource, policy: LoadedPolicy): number => {
  const meaning = meaningOf(toColumn("", source, policy));
  return columns.findIndex((column) => meaningOf(column) === meaning);
};
