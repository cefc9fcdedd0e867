import { parsePointer } from "@/lib/policy/pointer";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import type { FactSource } from "@/lib/policy-files/resolve-fact-sources";
import { type Column, columnOf, sourceKey } from "./past-case";

/** Every fact that one of the policies looks at, and where the amount stands, each once. */
export function columnsOf(policies: readonly LoadedPolicy[], more: readonly Column[] = []): Column[] {
  const columns: Column[] = [];
  const add = (column: Column) => {
    if (columnOf(columns, column.source) < 0) columns.push(column);
  };
  for (const policy of policies) {
    for (const [name, source] of Object.entries(policy.factSources)) add({ name, source });
    const amount = amountSource(policy);
    if (amount) add({ name: "amount", source: amount });
  }
  for (const column of more) add(column);
  return columns;
}

/** Where the payload has its amount, as a fact; null where the action type has none. */
export function amountSource({ raw, payloadSchema }: LoadedPolicy): FactSource | null {
  const pointer = raw.attributes?.amount_from;
  if (pointer !== undefined) return { kind: "payload", pointer };
  const { properties } = payloadSchema;
  const isDeclared =
    typeof properties === "object" && properties !== null && Object.hasOwn(properties, "amount");
  return isDeclared ? { kind: "payload", pointer: "/amount" } : null;
}

/** How the values of one row come about. */
export interface Reading {
  /** For each column the name under which the facts of then have it; null where they cannot. */
  names: (string | null)[];
  /** For each column its place among what was taken from the payload; −1 where it is none. */
  pointers: number[];
  /** Whether the facts of then hold all that the payload would tell. */
  isComplete: boolean;
}

/**
 * How to read the columns from the facts that a draft was classified by under `then`. A fact counts as the same only where
 * it came from the same place: a name may have meant something else. `asked` is the policy that the columns are about.
 */
export function readingOf(
  columns: readonly Column[],
  pointers: readonly string[],
  then: LoadedPolicy | null,
  asked: LoadedPolicy,
): Reading {
  const known = new Map(
    Object.entries(then?.factSources ?? {})
      .filter(([, source]) => then && meansTheSame(source, then, asked))
      .map(([name, source]) => [sourceKey(source), name]),
  );
  const names = columns.map(({ source }) => known.get(sourceKey(source)) ?? null);
  return {
    names,
    pointers: columns.map(({ source }) =>
      source.kind === "payload" ? pointers.indexOf(source.pointer) : -1,
    ),
    isComplete: columns.every(({ source }, at) => source.kind !== "payload" || names[at] !== null),
  };
}

/** Whether what stands behind a source is the same in both policies: whose fact it is, and how it is looked up. */
function meansTheSame(source: FactSource, one: LoadedPolicy, other: LoadedPolicy): boolean {
  if (one === other || source.kind === "payload") return true;
  if (source.kind === "http") {
    return same(one.raw.lookups?.[source.lookup], other.raw.lookups?.[source.lookup]);
  }
  const isOfSubject =
    source.kind === "subject_check" ||
    (source.kind === "pushed" && source.idPointer === null) ||
    (source.kind === "computed" && source.name.startsWith("subject_"));
  return !isOfSubject || same(one.raw.subject_from, other.raw.subject_from);
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The pointers of what the columns take from the payload, each once. */
export const pointersOf = (columns: readonly Column[]): string[] => [
  ...new Set(columns.flatMap(({ source }) => (source.kind === "payload" ? [source.pointer] : []))),
];

/** A pointer as Postgres writes a path: an array of texts. */
export const toPath = (pointer: string): string =>
  `{${(parsePointer(pointer) ?? [])
    .map((segment) => `"${segment.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`)
    .join(",")}}`;
