import { type FewShotExample, purposeOf } from "./few-shot-example";
import type { Candidate } from "./find-candidates";
import { redactExample } from "./redact";
import type { RedactionRules } from "./redaction-rules";

/** An example as a prompt may show it. */
export function toFewShot(candidate: Candidate, rules: RedactionRules): FewShotExample {
  const use = purposeOf(candidate.outcome);
  const redacted = redactExample(
    {
      summary: candidate.summary,
      subject: { type: candidate.subject_type, id: candidate.subject_id },
      proposedPayload: candidate.proposed_payload,
      finalPayload: candidate.final_payload,
      reason: candidate.reason,
    },
    rules,
  );
  return {
    id: candidate.id,
    action_type: candidate.action_type,
    outcome: candidate.outcome,
    use,
    summary: redacted.summary,
    subject: redacted.subject,
    proposed_payload: redacted.proposedPayload,
    final_payload: use === "imitate" ? redacted.finalPayload : null,
    changes: use === "imitate" ? redacted.changes : [],
    reason: redacted.reason,
    decided_at: candidate.decided_at.toISOString(),
    similarity: candidate.similarity,
    imported: candidate.imported,
    policy_version: candidate.policy_version_id,
  };
}
