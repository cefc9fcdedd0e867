import type { Context } from "@/lib/context";
import type { Queryable } from "@/lib/db/database";
import type { FetchedFacts } from "@/lib/facts/fetch-facts";
import { loadFacts } from "@/lib/facts/load-facts";
import type { Facts } from "@/lib/policy/compile-policy";
import { type ComputedFactName, parseComputedFact } from "@/lib/policy/computed-facts";
import { type Classification, evaluate } from "@/lib/policy/evaluate";
import { readPointer } from "@/lib/policy/pointer";
import { runsBeforeReview } from "@/lib/policy/scrutiny";
import type { LoadedPolicies, LoadedPolicy } from "@/lib/policy-files/load-policies";
import type { DraftStatus, Route } from "./types";

/** The payload's amount in the main unit of its currency, where the action type has one. */
export function amountOf(
  policy: LoadedPolicy,
  payload: unknown,
): { amount: number | null; currency: string | null } {
  const { amount_from, currency_from, currency } = policy.raw.attributes ?? {};
  const amount = readDeclared(policy, payload, amount_from, "amount");
  const named = readDeclared(policy, payload, currency_from, "currency");
  return {
    amount: typeof amount === "number" ? amount : null,
    currency: typeof named === "string" ? named.toUpperCase() : (currency ?? null),
  };
}

/** What the pointer leads to; without one, the property of that name if the schema declares it. */
function readDeclared(
  policy: LoadedPolicy,
  payload: unknown,
  pointer: string | undefined,
  name: string,
): unknown {
  if (pointer !== undefined) return readPointer(payload, pointer);
  const { properties } = policy.payloadSchema;
  const declared = typeof properties === "object" && properties !== null && Object.hasOwn(properties, name);
  return declared ? readPointer(payload, `/${name}`) : undefined;
}

const computedFactsOf = (policy: LoadedPolicy): ComputedFactName[] =>
  Object.values(policy.factSources).flatMap((source) => (source.kind === "computed" ? [source.name] : []));

const totals = new WeakMap<LoadedPolicies, Map<string, ComputedFactName[]>>();

/**
 * The totals and counts that a draft of this policy must take its turn for: those its own policy looks at, and those of
 * a subject over all action types, whoever looks at them, since this draft counts there too.
 */
export function totalsFor(policies: LoadedPolicies, policy: LoadedPolicy): ComputedFactName[] {
  const known = totals.get(policies) ?? new Map<string, ComputedFactName[]>();
  totals.set(policies, known);
  let names = known.get(policy.hash);
  if (!names) {
    const ofSubjects = [...policies.values()]
      .flatMap(computedFactsOf)
      .filter((name) => parseComputedFact(name)?.scope === "subject");
    names = [...new Set([...computedFactsOf(policy), ...ofSubjects])];
    known.set(policy.hash, names);
  }
  return names;
}

/** Looks up the facts of now and asks the policy. `tx` is the transaction that acts on the answer. */
export async function classify(
  ctx: Pick<Context, "now">,
  tx: Queryable,
  policy: LoadedPolicy,
  draft: {
    payload: unknown;
    subject: { type: string; id: string };
    agentId: string;
    excludeDraftId: string | null;
    /** What the policy's lookups answered, asked before the transaction. */
    fetched?: FetchedFacts;
  },
): Promise<{ classification: Classification; facts: Facts }> {
  const { amount } = amountOf(policy, draft.payload);
  const facts = await loadFacts(tx, policy, { ...draft, amount, now: ctx.now() });
  return { classification: evaluate(policy.policy, facts), facts };
}

/** The route a draft takes: none for what is prohibited, since nobody is asked. */
export const routeOf = ({ tier, route }: Classification): Route | null =>
  tier === "prohibited" ? null : route;

/** The status a classification gives a new draft. */
export function statusOf(
  classification: Classification,
): Extract<DraftStatus, "blocked" | "approved" | "pending"> {
  if (classification.tier === "prohibited" || classification.blocked_by.length > 0) return "blocked";
  return runsBeforeReview(classification.route) ? "approved" : "pending";
}
