import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import type { Classification } from "@/lib/policy/evaluate";
import type { Claim } from "@/lib/routing/resolve-approvers";
import { mixedScriptWords } from "@/lib/trust/mixed-script-words";
import { screenHash } from "@/lib/trust/screen-hash";
import { sha256Hex } from "@/lib/trust/sha256";
import { revealHidden } from "@/lib/trust/suspicious-text";
import { waitingFor } from "../list-inbox";
import type { Tier } from "../types";

interface Row {
  id: string;
  version: number;
  tier: Tier;
  summary: string;
  reasoning: string | null;
  subject_type: string;
  subject_id: string;
  subject_is_new: boolean;
  is_check: boolean;
  agent_id: string;
  agent_name: string;
  requested_by: string | null;
  edited_by: string | null;
  amount: number | null;
  currency: string | null;
  payload: Record<string, unknown>;
  payload_hash: string;
  policy_version_id: string;
  classification_id: string;
  classification: Classification;
  approver_rule: string;
  approvals_required: number;
  escalation_level: number;
  due_at: Date;
  evidence_hashes: string[];
  evidence_text: string | null;
}

/** A draft that may be decided along with others, with the hash that its review would come with. */
export interface WaitingDraft extends Omit<Row, "evidence_hashes" | "evidence_text"> {
  hidden: { passages: number; mixedWords: string[] };
  screenHash: string;
}

/** So much of a draft's evidence is looked through for hidden text. */
const MOST_LOOKED_THROUGH = 40_000;
const MOST_MIXED_WORDS = 3;

/** The most urgent drafts of one action type and rule that wait in the batch queue for this person, in one statement. */
export async function readCandidates(
  ctx: Context,
  viewer: { claims: Claim[]; viewerId: string },
  group: { actionType: string; rule: string },
  limit: number,
): Promise<WaitingDraft[]> {
  const narrowed = sql`draft.action_type = ${group.actionType}
    AND (SELECT rule FROM classification WHERE id = draft.classification_id) = ${group.rule}`;
  const rows = await ctx.db.rows<Row>(sql`
    SELECT page.id, page.version, page.tier, page.summary, page.reasoning, page.subject_type, page.subject_id,
           NOT EXISTS (SELECT FROM draft AS earlier
                       WHERE earlier.subject_type = page.subject_type AND earlier.subject_id = page.subject_id
                         AND earlier.created_at < page.created_at) AS subject_is_new,
           page.origin = 'check' AS is_check, agent.id AS agent_id, agent.name AS agent_name, page.requested_by,
           (SELECT person.name FROM decision JOIN person ON person.id = decision.person_id
            WHERE decision.draft_id = page.id AND decision.undone_at IS NULL AND decision.verdict = 'edit_and_approve'
            ORDER BY decision.decided_at DESC LIMIT 1) AS edited_by,
           page.amount::float8 AS amount, page.currency, coalesce(page.decided_payload, page.payload) AS payload,
           coalesce(page.decided_payload_hash, page.payload_hash) AS payload_hash, page.policy_version_id,
           page.classification_id, classification.result AS classification, page.approver_rule,
           page.approvals_required, page.escalation_level, page.due_at,
           ARRAY(SELECT hash FROM evidence WHERE draft_id = page.id ORDER BY position) AS evidence_hashes,
           (SELECT left(string_agg(title || ' ' || left(coalesce(content::text, ''), ${MOST_LOOKED_THROUGH}), ' '
                                   ORDER BY position), ${MOST_LOOKED_THROUGH})
            FROM evidence WHERE draft_id = page.id) AS evidence_text
    FROM (${waitingFor({ routes: ["batch_review"], ...viewer, limit, narrowed })}) AS page
    JOIN agent ON agent.id = coalesce(page.shown_agent_id, page.agent_id)
    JOIN classification ON classification.id = page.classification_id
    ORDER BY page.due_at, page.id`);
  return rows.map(toWaiting);
}

function toWaiting({ evidence_hashes, evidence_text, ...row }: Row): WaitingDraft {
  const texts = [row.summary, row.reasoning ?? "", ...textsOf(row.payload), evidence_text ?? ""];
  return {
    ...row,
    hidden: {
      passages: texts.flatMap(revealHidden).filter(({ kind }) => kind === "hidden").length,
      mixedWords: mixedScriptWords(texts.join("\n"), MOST_MIXED_WORDS),
    },
    screenHash: screenHash({
      draftId: row.id,
      version: row.version,
      payloadHash: row.payload_hash,
      evidenceHashes: evidence_hashes,
      classificationId: row.classification_id,
      summaryHash: sha256Hex(row.summary),
      policyVersionId: row.policy_version_id,
    }),
  };
}

/** Every text in a JSON value. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => [key, ...textsOf(part)]);
}
