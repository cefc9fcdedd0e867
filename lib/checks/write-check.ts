import { recordEvent } from "@/lib/audit/record-event";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { type Assignment, assignmentDetails, dueOf } from "@/lib/drafts/assign-approvers";
import { canonicalForms } from "@/lib/drafts/check-submission";
import { amountOf } from "@/lib/drafts/classify";
import { newId } from "@/lib/drafts/new-id";
import { embedDraft, toVectorParam } from "@/lib/examples/embed";
import type { Classification } from "@/lib/policy/evaluate";
import type { FilledCheck } from "@/lib/policy-files/check-templates";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { policyVersionId } from "@/lib/policy-files/policy-versions";
import type { Directory } from "@/lib/routing/directory";
import { CHECKS_AGENT_ID, CHECKS_KEY_ID } from "./checks-agent";
import type { Beside } from "./seed-check";

interface Made {
  filled: FilledCheck;
  classification: Classification;
  policy: LoadedPolicy;
  beside: Beside;
  assignment: Assignment;
  directory: Directory;
  now: Date;
  pick: (below: number) => number;
}

/** Writes a check as a submission would write a draft, apart from what makes it one. Resolves to its id. */
export async function writeCheck(tx: Transaction, made: Made): Promise<string> {
  const { filled, classification, policy, beside, assignment, directory, now, pick } = made;
  const { actionType } = policy;
  const id = newId("drf");
  const classificationId = newId("cls");
  const versionId = policyVersionId(policy);
  const forms = canonicalForms(filled);
  const { amount, currency } = amountOf(policy, filled.payload);
  const dueAt = dueOf(classification, now, directory.businessHours);
  const { type: subjectType, id: subjectId } = filled.subject;
  const { embedder, vector } = embedDraft({
    actionType,
    subjectType,
    summary: filled.summary,
    payload: filled.payload,
    amount,
    evidence: filled.evidence,
  });
  const externalId = beside.external_id?.replaceAll(/[0-9]/g, () => String(pick(10))) ?? null;
  const confidence = beside.confidence === null ? null : (filled.confidence ?? beside.confidence);
  await tx.run(sql`
    INSERT INTO draft (
      id, action_type, status, tier, route, agent_id, api_key_id, shown_agent_id, shown_key_id, origin, subject_type,
      subject_id, summary, reasoning, confidence, expected_outcome, requested_by, requested_by_id, external_id, payload,
      payload_hash, amount, currency, policy_version_id, classification_id, department_id, approver_rule,
      approvals_required, escalation_level, waiting_since, due_at, embedder, embedding, created_at)
    VALUES (
      ${id}, ${actionType}, 'pending', ${classification.tier}, ${classification.route}, ${CHECKS_AGENT_ID},
      ${CHECKS_KEY_ID}, ${beside.agent_id}, ${beside.api_key_id}, 'check', ${subjectType}, ${subjectId},
      ${filled.summary}, ${filled.reasoning ?? null}, ${confidence}, ${filled.expected_outcome ?? null},
      ${beside.requested_by}, ${beside.requested_by_id}, ${externalId}, ${forms.payload}::json, ${forms.payloadHash},
      ${amount}, ${currency}, ${versionId}, ${classificationId}, ${beside.department_id}, ${assignment.approverRule},
      1, 0, ${now}, ${dueAt}, ${embedder}, ${toVectorParam(vector)}::vector, ${now})`);
  await tx.run(sql`
    INSERT INTO classification (id, draft_id, cause, payload_hash, policy_version_id, status, tier, route, rule,
                                approver_rule, due_at, result, created_at)
    VALUES (${classificationId}, ${id}, 'submitted', ${forms.payloadHash}, ${versionId}, 'pending',
            ${classification.tier}, ${classification.route}, ${classification.rule_name}, ${assignment.approverRule},
            ${dueAt}, ${JSON.stringify(classification)}::json, ${now})`);
  await tx.run(sql`
    INSERT INTO evidence (draft_id, position, kind, title, content, url, source, hash)
    SELECT ${id}, piece.position - 1, piece.value->>'kind', piece.value->>'title', piece.value->'content',
           piece.value->>'url', piece.value->>'source', (${forms.evidenceHashes}::text[])[piece.position]
    FROM json_array_elements(${forms.evidence}::json) WITH ORDINALITY AS piece(value, position)`);
  await tx.run(sql`
    INSERT INTO seeded_check (draft_id, template, action_type, approver_rule, because, seeded_at)
    VALUES (${id}, ${filled.name}, ${actionType}, ${assignment.approverRule}, ${filled.because}, ${now})`);
  await recordEvent(tx, {
    verb: "draft.check_seeded",
    actor: { kind: "system", name: "worker" },
    at: now,
    draftId: id,
    details: {
      action_type: actionType,
      subject: filled.subject,
      status: "pending",
      tier: classification.tier,
      route: classification.route,
      rule: classification.rule_name,
      blocked_by: [],
      policy_version: versionId,
      payload_hash: forms.payloadHash,
      evidence_hashes: forms.evidenceHashes,
      classification: classificationId,
      approver_rule: assignment.approverRule,
      ...assignmentDetails(assignment),
      revises: null,
      shown_as: { agent: beside.agent_id, key: beside.api_key_id },
      template: filled.name,
    },
  });
  return id;
}
