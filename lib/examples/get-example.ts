import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { amountOf } from "@/lib/drafts/classify";
import { diffPayloads, type FieldChange } from "@/lib/drafts/diff-payloads";
import { isPlainText } from "@/lib/drafts/filter-limits";
import { titleOf } from "@/lib/drafts/title-of";
import type { Instant, Origin, Outcome } from "@/lib/drafts/types";
import { CountersignError } from "@/lib/errors";
import type { PolicyAttributes } from "@/lib/policy/schema";
import { getPolicyOfVersion, policyVersionId } from "@/lib/policy-files/policy-versions";
import type { FewShotExample } from "./few-shot-example";
import type { StoredExample } from "./read-examples";
import { redactionRulesOf } from "./redaction-rules";
import { toFewShot } from "./to-few-shot";

/** One example in full, and as a prompt sees it. */
export interface ExampleView {
  id: string;
  draftId: string;
  actionType: string;
  title: string;
  outcome: Outcome;
  summary: string;
  subject: { type: string; id: string };
  proposedPayload: Record<string, unknown>;
  finalPayload: Record<string, unknown>;
  changes: FieldChange[];
  reason: string | null;
  decidedBy: string | null;
  decidedAt: Instant;
  imported: boolean;
  agentName: string;
  currency: string | null;
  policyVersionId: string;
  /** Whether the policy it was decided under is in force. */
  isCurrentPolicy: boolean;
  /** What to draw its payload by: the policy it was decided under. */
  drawnBy: { schema: Record<string, unknown>; attributes: PolicyAttributes };
  /** Whether prompts see it, and if not, why. */
  inPrompts: "yes" | "withdrawn" | "not_covered" | "check";
  /** Who withdrew it last, also where it was put back since. */
  withdrawal: { at: Instant | null; by: string | null; reason: string | null } | null;
  /** Overturned afterwards: it cannot be put back. */
  overturned: boolean;
  /** What a prompt gets of it, redacted by the policy in force; null where none covers it. */
  told: FewShotExample | null;
  /** What that policy says of redaction; null where it says nothing, and the strictest rules hold. */
  redact: string[] | null;
}

interface Row extends StoredExample {
  draft_id: string;
  proposed_payload: Record<string, unknown>;
  final_payload: Record<string, unknown>;
  decided_by: string | null;
  agent_name: string;
  origin: Origin;
  overturned: boolean;
  withdrawn_at: Date | null;
  withdrawn_by: string | null;
  withdrawn_reason: string | null;
}

/** One example of the library. @throws CountersignError `forbidden`, `not_found`. */
export async function getExample(ctx: Context, { id }: { id: string }): Promise<ExampleView> {
  requirePermission(ctx.actor, "insights.read");
  if (!isPlainText(id)) throw new CountersignError("not_found", "There is no such example.");
  const row = await ctx.db.row<Row>(sql`
    SELECT example.id, example.draft_id, example.action_type, example.outcome, example.summary, example.subject_type,
           example.subject_id, example.proposed_payload, example.final_payload, example.reason, example.decided_at,
           example.imported, example.policy_version_id, coalesce(person.name, example.decided_by_name) AS decided_by,
           agent.name AS agent_name, draft.origin, coalesce(draft.after_review = 'overturned', false) AS overturned,
           example.withdrawn_at, withdrawer.name AS withdrawn_by, example.withdrawn_reason
    FROM example
    JOIN draft ON draft.id = example.draft_id JOIN agent ON agent.id = draft.agent_id
    LEFT JOIN person ON person.id = example.person_id
    LEFT JOIN person AS withdrawer ON withdrawer.id = example.withdrawn_by_id
    WHERE example.id = ${id}`);
  if (!row) throw new CountersignError("not_found", "There is no such example.");
  const policy = ctx.policies.get(row.action_type);
  const former = await getPolicyOfVersion(ctx.db, ctx.policies, row.action_type, row.policy_version_id);
  return {
    id: row.id,
    draftId: row.draft_id,
    actionType: row.action_type,
    title: titleOf(policy ?? former, row.action_type),
    outcome: row.outcome,
    summary: row.summary,
    subject: { type: row.subject_type, id: row.subject_id },
    proposedPayload: row.proposed_payload,
    finalPayload: row.final_payload,
    changes: diffPayloads(row.proposed_payload, row.final_payload),
    reason: row.reason,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at.toISOString(),
    imported: row.imported,
    agentName: row.agent_name,
    currency: amountOf(former, row.final_payload).currency,
    policyVersionId: row.policy_version_id,
    isCurrentPolicy: policy !== undefined && policyVersionId(policy) === row.policy_version_id,
    drawnBy: { schema: former.payloadSchema, attributes: former.raw.attributes ?? {} },
    inPrompts: whetherInPrompts(row, policy !== undefined),
    withdrawal:
      row.withdrawn_at === null && row.withdrawn_reason === null
        ? null
        : {
            at: row.withdrawn_at?.toISOString() ?? null,
            by: row.withdrawn_by,
            reason: row.withdrawn_reason,
          },
    overturned: row.overturned && (row.outcome === "approved" || row.outcome === "edited"),
    told: policy ? toFewShot(row, null, redactionRulesOf(policy)) : null,
    redact: policy?.raw.redact ?? null,
  };
}

function whetherInPrompts(row: Row, covered: boolean): ExampleView["inPrompts"] {
  if (row.origin === "check") return "check";
  if (row.withdrawn_at !== null) return "withdrawn";
  return covered ? "yes" : "not_covered";
}
