import type { Context } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { diffPayloads } from "./diff-payloads";
import type { DecisionView, DraftStatus, Verdict } from "./types";

/** What a person said of an imported draft, by what became of it. */
export function verdictOfImport(status: DraftStatus, edited: boolean): Verdict {
  if (status === "rejected") return "reject";
  if (status === "changes_requested") return "request_changes";
  return edited ? "edit_and_approve" : "approve";
}

/** How an imported draft was decided, before Countersign: it has no decision of its own here, its example tells. */
export async function readImported(ctx: Pick<Context, "db">, draftId: string): Promise<DecisionView[]> {
  const rows = await ctx.db.rows<{
    id: string;
    status: DraftStatus;
    person_id: string | null;
    name: string | null;
    reason: string | null;
    decided_at: Date;
    proposed: unknown;
    final: unknown;
  }>(sql`
    SELECT example.id, draft.status, example.person_id, coalesce(person.name, example.decided_by_name) AS name,
           example.reason, example.decided_at, example.proposed_payload AS proposed, example.final_payload AS final
    FROM example JOIN draft ON draft.id = example.draft_id LEFT JOIN person ON person.id = example.person_id
    WHERE example.draft_id = ${draftId} AND example.imported`);
  return rows.map((row) => {
    const changes = diffPayloads(row.proposed, row.final);
    return {
      id: row.id,
      person: { id: row.person_id ?? "", name: row.name ?? "Not recorded" },
      verdict: verdictOfImport(row.status, changes.length > 0),
      reason: row.reason,
      decidedAt: row.decided_at.toISOString(),
      undoUntil: null,
      changes,
    };
  });
}
