import { parsePointer } from "@/lib/policy/pointer";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import type { FactSource } from "@/lib/policy-files/resolve-fact-sources";
import { type Column, meaningOf, toColumn } from "./past-case";

/** Every fact that one of the policies looks at, and where the amount stands, each once. */
export function columnsOf(policies: readonly LoadedPolicy[], more: readonly Column[] = []): Column[] {
  const columns = policies.flatMap((policy) => {
    const amount = amountSource(policy);
    return [
      ...Object.entries(policy.factSources).map(([name, source]) => toColumn(name, source, policy)),
      ...(amount ? [toColumn("amount", amount, policy)] : []),
    ];
  });
  const byMeaning = new Map<string, Column>();
  for (const column of [...columns, ...more]) {
    const meaning = meaningOf(column);
    if (!byMeaning.has(meaning)) byMeaning.set(meaning, column);
  }
  return [...byMeaning.values()];
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
 * it came from the same place: a name may have meant something else.
 */
export function readingOf(
  columns: readonly Column[],
  pointers: readonly string[],
  then: LoadedPolicy | null,
): Reading {
  const known = new Map(
    Object.entries(then?.factSources ?? {}).map(([name, source]) => [
      meaningOf(toColumn(name, source, then!)),
      name,
    ]),
  );
  const names = columns.map((column) => known.get(meaningOf(column)) ?? null);
  return {
    names,
    pointers: columns.map(({ source }) =>
      source.kind === "payload" ? pointers.indexOf(source.pointer) : -1,
    ),
    isComplete: columns.every(({ source }, at) => source.kind !== "payload" || names[at] !== null),
  };
}

/** The pointers of what the columns take from the payload, each once. */
export const pointersOf = (columns: readonly Column[]): string[] => [
  ...new Set(columns.flatMap(({ source }) => (source.kind === "payload" ? [source.pointer] : []))),
];

/** A pointer as Postgres writes a path: an array of texts. */
export const toPath = (pointer: string): string =>
  `{${(parsePointer(pointer) ?? [])
    .map((segment) => `"${segment.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`)
    .join(",")}}`;
