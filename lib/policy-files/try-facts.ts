import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { CountersignError } from "@/lib/errors";
import { listOpenHolds } from "@/lib/holds/list-open-holds";
import { parseInput } from "@/lib/parse-input";
import type { Classification } from "@/lib/policy/evaluate";
import { applyHolds, holdsConcerning } from "@/lib/policy/holds";
import { parseStrictJson } from "@/lib/trust/parse-strict-json";
import { type Explanation, explainFacts } from "./explain-facts";

const MOST_CHARACTERS = 64_000;
const MOST_FACTS = 500;

const inputSchema = z.strictObject({
  actionType: z.string().min(1).max(200),
  /** Facts by name, as JSON text; one that is left out or null is unknown. */
  facts: z.string().max(MOST_CHARACTERS, `at most ${MOST_CHARACTERS} characters`),
});

export interface FactTrial
  extends Pick<
    Classification,
    | "tier"
    | "route"
    | "rule_name"
    | "decided_by"
    | "approver_rule"
    | "approvals_required"
    | "sla_hours"
    | "sla_in"
    | "blocked_by"
    | "unresolved_blocks"
    | "reasons"
  > {
  conditions: Explanation["conditions"];
  /** Facts that the policy looks at and that were not given, and those given that it does not look at. */
  unknown: string[];
  ignored: string[];
}

/**
 * What the policy in force, and the holds on its action type, make of some facts. Nothing is stored.
 * @throws CountersignError `forbidden`, `not_found`, `invalid_request` for what is not one JSON object.
 */
export async function tryFacts(ctx: Context, input: z.input<typeof inputSchema>): Promise<FactTrial> {
  requirePermission(ctx.actor, "organisation.read");
  const { actionType, facts } = parseInput(inputSchema, input);
  const loaded = ctx.policies.get(actionType);
  if (!loaded) throw new CountersignError("not_found", "No policy covers this action type.");
  const { classification, conditions, unknown, ignored } = explainFacts(loaded, readFacts(facts));
  const holds = (await listOpenHolds(ctx)).filter((hold) => hold.actionType === actionType);
  const held = applyHolds(classification, holdsConcerning(holds, classification.rule_name, loaded.policy));
  return {
    tier: held.tier,
    route: held.route,
    rule_name: held.rule_name,
    decided_by: held.decided_by,
    approver_rule: held.approver_rule,
    approvals_required: held.approvals_required,
    sla_hours: held.sla_hours,
    sla_in: held.sla_in,
    blocked_by: held.blocked_by,
    unresolved_blocks: held.unresolved_blocks,
    reasons: held.reasons,
    conditions,
    unknown,
    ignored,
  };
}

function readFacts(text: string): Record<string, unknown> {
  const parsed = parseStrictJson(new TextEncoder().encode(text), { maxDepth: 20 });
  if (!parsed.ok) throw refuse(`This is not JSON: ${parsed.message}`);
  const { value } = parsed;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw refuse('Facts are one object by name, such as {"amount": 620}.');
  }
  if (Object.keys(value).length > MOST_FACTS) throw refuse(`At most ${MOST_FACTS} facts at once.`);
  return value as Record<string, unknown>;
}

const refuse = (message: string) =>
  new CountersignError("invalid_request", message, { fields: [{ path: "/facts", message }] });
