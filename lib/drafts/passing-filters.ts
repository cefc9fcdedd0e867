import { type Statement, sql } from "@/lib/db/sql";
import { tsqueryOf } from "@/lib/search/tsquery-of";
import type { DraftFilters, InboxFilters } from "./inbox-filters";

const HOUR_MS = 3_600_000;

/** An empty choice is none. */
const chosen = (choices: readonly string[] | undefined) => (choices?.length ? choices : null);

/**
 * The condition that a row of `draft` passes the filters, for a statement that reads waiting drafts one by one: whatever
 * the filters, it is the same text, and looks words up draft by draft.
 */
export const passingFilters = (filters: InboxFilters, now: Date): Statement => {
  const { olderThanHours, dueWithinHours, escalated, held, q } = filters;
  const words = tsqueryOf(q ?? "");
  const before = olderThanHours === undefined ? null : new Date(now.getTime() - olderThanHours * HOUR_MS);
  const until = dueWithinHours === undefined ? null : new Date(now.getTime() + dueWithinHours * HOUR_MS);
  return sql`
    ${passingColumns(filters)}
    AND (${before}::timestamptz IS NULL OR draft.created_at <= ${before})
    AND (${until}::timestamptz IS NULL OR draft.due_at <= ${until})
    AND (NOT ${escalated ?? false}::boolean OR draft.escalation_level > 0)
    AND (NOT ${held ?? false}::boolean OR EXISTS (
      SELECT FROM classification WHERE classification.id = draft.classification_id AND result->'held_by' IS NOT NULL))
    AND (${words}::tsquery IS NULL
         OR (SELECT terms @@ ${words}::tsquery FROM draft_search WHERE draft_search.draft_id = draft.id))`;
};

/** The part of it that any list of drafts has, without words. */
const passingColumns = ({
  types,
  tiers,
  agents,
  subject,
  minAmount,
  maxAmount,
}: DraftFilters): Statement => sql`
    (${chosen(types)}::text[] IS NULL OR draft.action_type = ANY (${chosen(types)}))
    AND (${chosen(tiers)}::text[] IS NULL OR draft.tier = ANY (${chosen(tiers)}))
    AND (${chosen(agents)}::text[] IS NULL OR EXISTS (
      SELECT FROM agent WHERE agent.id = draft.agent_id
        AND (agent.id = ANY (${chosen(agents)}) OR agent.name = ANY (${chosen(agents)}))))
    AND (${subject ?? null}::text IS NULL OR draft.subject_id = ${subject ?? null}
         OR draft.subject_type || ':' || draft.subject_id = ${subject ?? null})
    AND (${minAmount ?? null}::numeric IS NULL OR draft.amount >= ${minAmount ?? null})
    AND (${maxAmount ?? null}::numeric IS NULL OR draft.amount <= ${maxAmount ?? null})`;
