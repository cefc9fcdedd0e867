import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { sql } from "@/lib/db/sql";
import { parseInput } from "@/lib/parse-input";
import { standInOf } from "@/lib/routing/delegate";
import { getDirectory } from "../load-directory";

const inputSchema = z.strictObject({ page: z.int().min(1).max(1000).default(1) });

export interface AbsenceView {
  id: string;
  personId: string;
  name: string;
  delegate: string | null;
  startsAt: Date;
  endsAt: Date;
  note: string | null;
  isNow: boolean;
  /** Of an approver who is away now: who answers, or why nobody does. */
  answers: { name: string } | { because: string } | null;
}

export interface AbsenceList {
  own: AbsenceView[];
  others: AbsenceView[];
  hasMore: boolean;
}

const PAGE = 50;

/** Who is away now and who will be, by start: one's own, and fifty of the others a page. @throws CountersignError `forbidden`. */
export async function listAbsences(
  ctx: Context<PersonActor>,
  input: z.input<typeof inputSchema> = {},
): Promise<AbsenceList> {
  requirePermission(ctx.actor, "organisation.read");
  const { page } = parseInput(inputSchema, input);
  const at = ctx.now();
  const me = ctx.actor.personId;
  const listed = sql`
    SELECT absence.id, person_id AS "personId", person.name, delegate.name AS delegate, starts_at AS "startsAt",
           ends_at AS "endsAt", note
    FROM absence JOIN person ON person.id = person_id LEFT JOIN person AS delegate ON delegate.id = delegate_id
    WHERE cancelled_at IS NULL AND ends_at > ${at} AND person.disabled_at IS NULL`;
  const [own, others] = await Promise.all([
    ctx.db.rows<AbsenceView>(
      sql`${listed} AND person_id = ${me} ORDER BY starts_at, absence.id LIMIT ${PAGE}`,
    ),
    ctx.db.rows<AbsenceView>(sql`
      ${listed} AND person_id <> ${me} ORDER BY starts_at, absence.id
      LIMIT ${PAGE + 1} OFFSET ${(page - 1) * PAGE}`),
  ]);
  const directory = await getDirectory(ctx.db);
  const view = (row: AbsenceView): AbsenceView => {
    const isNow = row.startsAt <= at;
    return { ...row, isNow, answers: isNow ? answersFor(row.personId) : null };
  };
  const answersFor = (personId: string) => {
    if (!directory.people.get(personId)?.isApprover) return null;
    const answers = standInOf(directory, personId, at);
    if (answers.personId === null) return { because: answers.because };
    return { name: directory.people.get(answers.personId)?.name ?? answers.personId };
  };
  return {
    own: own.map(view),
    others: others.slice(0, PAGE).map(view),
    hasMore: others.length > PAGE,
  };
}
