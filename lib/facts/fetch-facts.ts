import type { Context } from "@/lib/context";
import type { FactValue } from "@/lib/policy/compile-policy";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { sha256Hex } from "@/lib/trust/sha256";
import { askLookup } from "./ask-lookup";
import type { FactQuestion } from "./load-facts";
import { type KeptAnswer, keep, readKept } from "./lookup-cache";
import { findLookupTarget, type LookupTarget } from "./lookup-target";

/** The facts from http of one policy and payload, by name. One that is unknown has a null value and says why. */
export type FetchedFacts = Readonly<Record<string, FactValue>>;

interface Lookup {
  name: string;
  facts: { fact: string; pointer: string }[];
  target: LookupTarget | { why: string };
  key: string;
  maxAgeMs: number;
}

type Outcome =
  | { answers: Record<string, { value: unknown } | { why: string }>; at: string }
  | { why: string };

/**
 * Asks every lookup that the policy's facts come from, all at once, or takes what was answered lately where the policy
 * allows that. To be called before the transaction that acts on the facts, never inside one: it waits for others.
 * What goes wrong outside never throws.
 */
export async function fetchFacts(
  ctx: Pick<Context, "db" | "now">,
  policy: LoadedPolicy,
  { payload }: Pick<FactQuestion, "payload">,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<FetchedFacts> {
  const lookups = listLookups(policy, payload, environment);
  const keyed = lookups.filter(({ maxAgeMs, target }) => maxAgeMs > 0 && !("why" in target));
  const kept = keyed.length
    ? await readKept(
        ctx.db,
        keyed.map(({ key }) => key),
      )
    : new Map<string, KeptAnswer>();
  const outcomes = await Promise.all(lookups.map((lookup) => settle(ctx, lookup, kept.get(lookup.key))));
  return Object.fromEntries(
    lookups.flatMap(({ name, facts }, index) =>
      facts.map(({ fact, pointer }) => [fact, toFact(name, pointer, outcomes[index]!)]),
    ),
  );
}

function listLookups(policy: LoadedPolicy, payload: unknown, environment: NodeJS.ProcessEnv): Lookup[] {
  const byName = new Map<string, Lookup["facts"]>();
  for (const [fact, source] of Object.entries(policy.factSources)) {
    if (source.kind !== "http") continue;
    byName.set(source.lookup, [...(byName.get(source.lookup) ?? []), { fact, pointer: source.pointer }]);
  }
  return [...byName].map(([name, facts]) => {
    const lookup = policy.raw.lookups![name]!;
    const target = findLookupTarget(lookup, payload, environment);
    const key = "why" in target ? "" : `${policy.actionType}:${name}:${sha256Hex(target.url)}`;
    return { name, facts, target, key, maxAgeMs: (lookup.max_age_seconds ?? 0) * 1000 };
  });
}

async function settle(
  { db, now }: Pick<Context, "db" | "now">,
  { facts, target, key, maxAgeMs }: Lookup,
  kept: KeptAnswer | undefined,
): Promise<Outcome> {
  if ("why" in target) return target;
  const pointers = facts.map(({ pointer }) => pointer);
  // Counted from when it was asked, so that an answer is never thought younger than it is.
  const askedAt = now();
  const ageMs = kept ? askedAt.getTime() - kept.fetchedAt.getTime() : Number.NaN;
  if (kept && ageMs >= 0 && ageMs <= maxAgeMs && pointers.every((at) => Object.hasOwn(kept.values, at))) {
    const answers = Object.fromEntries(pointers.map((at) => [at, { value: kept.values[at] }]));
    return { answers, at: kept.fetchedAt.toISOString() };
  }
  const answer = await askLookup(target, pointers);
  if ("why" in answer) return answer;
  // What is unknown is looked up again each time, so that it may become known.
  const values = Object.fromEntries(
    Object.entries(answer.answers).flatMap(([at, found]) => ("value" in found ? [[at, found.value]] : [])),
  );
  if (maxAgeMs > 0) await keep(db, key, { values, fetchedAt: askedAt });
  return { answers: answer.answers, at: askedAt.toISOString() };
}

function toFact(name: string, pointer: string, outcome: Outcome): FactValue {
  const source = `lookup ${name}`;
  const unknown = (why: string) => ({
    value: null,
    source,
    note: `the lookup ${name} gave nothing, as ${why}`,
  });
  if ("why" in outcome) return unknown(outcome.why);
  const found = outcome.answers[pointer]!;
  return "why" in found ? unknown(found.why) : { value: found.value, source, at: outcome.at };
}
