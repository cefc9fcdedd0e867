import type { KeyActor } from "@/lib/context";
import type { Queryable } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { computeFacts } from "@/lib/facts/compute-facts";
import {
  assembleFacts,
  type FactQuestion,
  type PushedFact,
  pushedFacts,
  wantFacts,
} from "@/lib/facts/load-facts";
import type { Facts } from "@/lib/policy/compile-policy";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { type Approvers, approversOf, readApprovers } from "./assign-approvers";

/**
 * All that a submission is classified and assigned by: the facts of now, and who could be asked. One statement, and
 * one more for each total that the policy looks at.
 */
export async function readCircumstances(
  tx: Queryable,
  policy: LoadedPolicy,
  question: FactQuestion,
  from: { actor: Pick<KeyActor, "keyId">; requestedBy: string | undefined },
): Promise<{ facts: Facts; approvers: Approvers }> {
  const wanted = wantFacts(policy, question);
  const [row, computed] = await Promise.all([
    tx.row<{ facts: PushedFact[]; approvers: Parameters<typeof readApprovers>[0] }>(sql`
      SELECT (${pushedFacts(wanted)}) AS facts,
             (${approversOf(policy.policy, from.actor, from.requestedBy)}) AS approvers`),
    computeFacts(tx, wanted, question),
  ]);
  const { facts, approvers } = row!;
  return {
    facts: assembleFacts(wanted, question, facts, computed),
    approvers: readApprovers(approvers),
  };
}
