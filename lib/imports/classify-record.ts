import { amountOf } from "@/lib/drafts/classify";
import { assembleFacts, wantFacts } from "@/lib/facts/load-facts";
import { plainFacts } from "@/lib/facts/plain-facts";
import type { Facts, FactValue } from "@/lib/policy/compile-policy";
import { type Classification, evaluate } from "@/lib/policy/evaluate";
import type { CheckedRecord } from "./check-record";

/** What the policy in force says of a past decision. */
export interface ClassifiedRecord {
  classification: Classification;
  facts: Facts;
  /** The facts by name alone, also those that the policy of today does not look at; unknown ones left out. */
  values: Record<string, unknown>;
  /** Of what was proposed. */
  amount: number | null;
  currency: string | null;
  /** Of what was decided, as a draft keeps it after an edit. */
  decidedAmount: number | null;
}

/**
 * Classifies what was proposed by the policy in force and the facts of then. What the payload says goes before what
 * `facts` claims of the same name; what neither says is unknown, whatever is known today.
 */
export function classifyRecord({ record, policy }: CheckedRecord): ClassifiedRecord {
  const proposed = record.proposed_payload ?? record.payload;
  const said = amountOf(policy, proposed);
  const decidedAt = new Date(record.decided_at);
  const question = {
    payload: proposed,
    subject: record.subject,
    agentId: "",
    amount: said.amount,
    excludeDraftId: null,
    now: decidedAt,
  };
  const wanted = wantFacts(policy, question);
  const at = decidedAt.toISOString();
  for (const [name, value] of Object.entries(record.facts)) {
    if (value === null || wanted.known[name]?.source === "payload") continue;
    wanted.known[name] = { value, source: "imported", at } satisfies FactValue;
  }
  // Without the fact that tells whom it is really about, what is claimed of the subject is believed like the rest.
  const tie = wanted.tie && wanted.known[wanted.tie.fact] ? wanted.tie : null;
  const facts = assembleFacts({ ...wanted, pushed: [], computed: [], tie }, question, [], {});
  return {
    classification: evaluate(policy.policy, facts),
    facts,
    values: plainFacts(facts),
    amount: said.amount ?? record.amount ?? null,
    currency: said.currency ?? record.currency ?? null,
    decidedAmount: amountOf(policy, record.payload).amount ?? record.amount ?? null,
  };
}
