import { type Statement, sql } from "@/lib/db/sql";
import type { InboxFilters } from "./inbox-filters";
import { passingFilters } from "./passing-filters";

const HOUR_MS = 3_600_000;

/** The condition that a waiting row of `draft` passes the filters. Its text is the same whatever they are. */
export const passingInboxFilters = (filters: InboxFilters, now: Date): Statement => {
  const { olderThanHours, dueWithinHours, escalated, held } = filters;
  const before = olderThanHours === undefined ? null : new Date(now.getTime() - olderThanHours * HOUR_MS);
  const until = dueWithinHours === undefined ? null : new Date(now.getTime() + dueWithinHours * HOUR_MS);
  return sql`
    (${before}::timestamptz IS NULL OR draft.created_at <= ${before})
    AND (${until}::timestamptz IS NULL OR draft.due_at <= ${until})
    AND (NOT ${escalated ?? false}::boolean OR draft.escalation_level > 0)
    AND (NOT ${held ?? false}::boolean OR EXISTS (
      SELECT FROM classification WHERE classification.id = draft.classification_id AND result->'held_by' IS NOT NULL))
    AND ${passingFilters(filters)}`;
};
