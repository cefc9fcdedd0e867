import { type FewShotExample, purposeOf } from "./few-shot-example";
import type { StoredExample } from "./read-examples";
import { redactExample } from "./redact";
import type { RedactionRules } from "./redaction-rules";

/** An example as a prompt may show it; `similarity` is null where nothing was asked for. */
export function toFewShot(
  example: StoredExample,
  similarity: number | null,
  rules: RedactionRules,
): FewShotExample {
  const use = purposeOf(example.outcome);
  const redacted = redactExample(
    {
      summary: example.summary,
      subject: { type: example.subject_type, id: example.subject_id },
      proposedPayload: example.proposed_payload,
      finalPayload: example.final_payload,
      reason: example.reason,
    },
    rules,
  );
  return {
    id: example.id,
    action_type: example.action_type,
    outcome: example.outcome,
    use,
    summary: redacted.summary,
    subject: redacted.subject,
    proposed_payload: redacted.proposedPayload,
    final_payload: use === "imitate" ? redacted.finalPayload : null,
    changes: use === "imitate" ? redacted.changes : [],
    reason: redacted.reason,
    decided_at: example.decided_at.toISOString(),
    similarity,
    imported: example.imported,
    policy_version: example.policy_version_id,
  };
}
