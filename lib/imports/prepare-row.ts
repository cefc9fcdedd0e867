import { eventText } from "@/lib/audit/record-event";
import type { SystemActor } from "@/lib/context";
import { routeOf, statusOf } from "@/lib/drafts/classify";
import { newId } from "@/lib/drafts/new-id";
import type { Outcome } from "@/lib/drafts/types";
import { embedDraft } from "@/lib/examples/embed";
import { departmentOf } from "@/lib/policy/department-of";
import { policyVersionId } from "@/lib/policy-files/policy-versions";
import { type Directory, findDepartment } from "@/lib/routing/directory";
import type { CheckedRecord } from "./check-record";
import { classifyRecord } from "./classify-record";

/** One past decision as the tables take it: everything that is written of it, in texts, numbers and nulls. */
export type ImportRow = ReturnType<typeof prepareRow>;

/** What became of the action itself, by how it was decided. */
const STATUS_OF: Record<Outcome, "executed" | "rejected" | "changes_requested"> = {
  approved: "executed",
  edited: "executed",
  rejected: "rejected",
  changes_requested: "changes_requested",
};

export interface Circumstances {
  actor: SystemActor;
  directory: Directory;
  /** Who decided it, where they are known here. */
  personId: string | null;
  now: Date;
}

/** Makes the rows of one past decision: its draft, classification, evidence, example and event. */
export function prepareRow(checked: CheckedRecord, { actor, directory, personId, now }: Circumstances) {
  const { record, policy, forms, decided, schemaErrors } = checked;
  const { classification, facts, values, amount, currency, decidedAmount } = classifyRecord(checked);
  const id = newId("drf");
  const classificationId = newId("cls");
  const versionId = policyVersionId(policy);
  const decidedAt = new Date(record.decided_at).toISOString();
  const isApproved = STATUS_OF[record.outcome] === "executed";
  const { embedder, vector } = embedDraft({
    actionType: record.action_type,
    subjectType: record.subject.type,
    summary: record.summary,
    payload: record.proposed_payload ?? record.payload,
    amount,
    evidence: record.evidence,
  });
  return {
    id,
    key: checked.key,
    content_hash: checked.contentHash,
    action_type: record.action_type,
    outcome: record.outcome,
    status: STATUS_OF[record.outcome],
    tier: classification.tier,
    subject_type: record.subject.type,
    subject_id: record.subject.id,
    summary: record.summary,
    reasoning: record.reasoning ?? null,
    external_id: record.external_id ?? null,
    payload: forms.payload,
    payload_hash: forms.payloadHash,
    final_payload: decided.payload,
    decided_payload: isApproved ? decided.payload : null,
    decided_payload_hash: isApproved ? decided.payloadHash : null,
    amount: decidedAmount,
    currency,
    policy_version_id: versionId,
    classification_id: classificationId,
    department_id: findDepartment(directory, departmentOf(policy.policy, facts)),
    classified_status: statusOf(classification),
    classified_route: routeOf(classification),
    rule: classification.rule_name,
    approver_rule: classification.approver_rule,
    result: JSON.stringify(classification),
    facts: JSON.stringify(values),
    evidence: forms.evidence,
    evidence_hashes: forms.evidenceHashes,
    embedder,
    embedding: `[${vector.join(",")}]`,
    created_at: new Date(record.created_at ?? record.decided_at).toISOString(),
    decided_at: decidedAt,
    example_id: newId("exm"),
    reason: record.reason || null,
    person_id: personId,
    decided_by_name: personId === null ? (record.decided_by ?? null) : null,
    withdrawn_reason: schemaErrors.length > 0 ? withdrawnBecause(schemaErrors) : null,
    event: eventText({
      verb: "draft.imported",
      actor,
      at: now,
      draftId: id,
      details: {
        action_type: record.action_type,
        subject: record.subject,
        outcome: record.outcome,
        status: STATUS_OF[record.outcome],
        decided_at: decidedAt,
        decided_by: personId,
        tier: classification.tier,
        rule: classification.rule_name,
        policy_version: versionId,
        classification: classificationId,
        payload_hash: forms.payloadHash,
        decided_payload_hash: isApproved ? decided.payloadHash : null,
        evidence_hashes: forms.evidenceHashes,
        content_hash: checked.contentHash,
        kept_from_prompts: schemaErrors.length > 0,
      },
    }),
  };
}

const withdrawnBecause = ([first]: CheckedRecord["schemaErrors"]): string =>
  `Imported with a payload that the schema of its action type refuses: ${first?.path} ${first?.message}.`.slice(
    0,
    500,
  );
