import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { executorOf } from "@/lib/drafts/submit-draft";
import { titleOf } from "@/lib/drafts/title-of";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";

/** An action type that a person may ask the drafter for. */
export interface DraftableType {
  actionType: string;
  title: string;
  /** What it does, in a sentence or two; empty when its policy does not say. */
  description: string;
  /** What the last draft of this type was about, as a suggestion. */
  subjectType: string | null;
  /** Whether some agent has to carry an approved draft out; Countersign does it otherwise. */
  needsAgent: boolean;
}

const MAX_DESCRIPTION = 240;

/** The action types that policies cover and allow, by title. @throws CountersignError `forbidden`. */
export async function listDraftableTypes(ctx: Context<PersonActor>): Promise<DraftableType[]> {
  requirePermission(ctx.actor, "draft.request");
  const policies = [...ctx.policies.values()].filter(({ raw }) => raw.prohibited !== true);
  const names = policies.map(({ actionType }) => actionType);
  const last = await ctx.db.rows<{ action_type: string; subject_type: string }>(sql`
    SELECT asked.action_type, latest.subject_type
    FROM unnest(${names}::text[]) AS asked(action_type)
    CROSS JOIN LATERAL (
      SELECT subject_type FROM draft WHERE draft.action_type = asked.action_type ORDER BY created_at DESC LIMIT 1
    ) AS latest`);
  const subjectTypes = new Map(last.map((row) => [row.action_type, row.subject_type]));
  return policies
    .map((policy) => ({
      actionType: policy.actionType,
      title: titleOf(policy, policy.actionType),
      description: descriptionOf(policy),
      subjectType: subjectTypes.get(policy.actionType) ?? null,
      needsAgent: executorOf(policy) === "agent",
    }))
    .sort((a, b) => a.title.localeCompare(b.title, "en"));
}

/** What policy.json says of it, or else the first paragraph of policy.md. */
function descriptionOf({ raw, prose }: LoadedPolicy): string {
  const paragraph = prose
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .find((part) => part !== "" && !part.startsWith("#"));
  const text = (raw.description ?? paragraph ?? "").replaceAll(/\s+/g, " ");
  if (text.length <= MAX_DESCRIPTION) return text;
  const cut = text.slice(0, MAX_DESCRIPTION);
  const sentence = cut.lastIndexOf(". ");
  return sentence > 60 ? cut.slice(0, sentence + 1) : `${cut.slice(0, cut.lastIndexOf(" "))}…`;
}
