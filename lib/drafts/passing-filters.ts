import { type Statement, sql } from "@/lib/db/sql";
import { tsqueryOf } from "@/lib/search/tsquery-of";
import type { DraftFilters } from "./inbox-filters";

/** An empty choice is none. */
const chosen = (choices: readonly string[] | undefined) => (choices?.length ? choices : null);

/**
 * The condition that a row of `draft` passes the filters that any list has, for statements that read drafts one by one:
 * whatever the filters, it is the same text, and looks words up draft by draft.
 */
export const passingFilters = ({
  q,
  types,
  tiers,
  agents,
  subject,
  minAmount,
  maxAmount,
}: DraftFilters): Statement => {
  const words = tsqueryOf(q ?? "");
  return sql`
    (${chosen(types)}::text[] IS NULL OR draft.action_type = ANY (${chosen(types)}))
    AND (${chosen(tiers)}::text[] IS NULL OR draft.tier = ANY (${chosen(tiers)}))
    AND (${chosen(agents)}::text[] IS NULL OR EXISTS (
      SELECT FROM agent WHERE agent.id = coalesce(draft.shown_agent_id, draft.agent_id)
        AND (agent.id = ANY (${chosen(agents)}) OR agent.name = ANY (${chosen(agents)}))))
    AND (${subject ?? null}::text IS NULL OR draft.subject_id = ${subject ?? null}
         OR draft.subject_type || ':' || draft.subject_id = ${subject ?? null})
    AND (${minAmount ?? null}::numeric IS NULL OR draft.amount >= ${minAmount ?? null})
    AND (${maxAmount ?? null}::numeric IS NULL OR draft.amount <= ${maxAmount ?? null})
    AND (${words}::tsquery IS NULL
         OR (SELECT terms @@ ${words}::tsquery FROM draft_search WHERE draft_search.draft_id = draft.id))`;
};
