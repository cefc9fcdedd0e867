import type { Context, PersonActor } from "@/lib/context";
import type { Transaction } from "@/lib/db/database";
import { type AuditVerb, recordEvent } from "./record-event";

/**
 * Appends what an admin changed to the trail, inside the caller's transaction: ids, roles and rules before and after.
 * Names, e-mail addresses and notes stay out; say in `personal` which of them changed.
 */
export const recordChange = (
  ctx: Context<PersonActor>,
  tx: Transaction,
  change: {
    verb: AuditVerb;
    subject: { type: string; id: string };
    before: Record<string, unknown> | null;
    after: Record<string, unknown> | null;
    personal?: string[];
  },
): Promise<void> =>
  recordEvent(tx, {
    verb: change.verb,
    actor: ctx.actor,
    at: ctx.now(),
    details: {
      subject: change.subject,
      before: change.before,
      after: change.after,
      ...(change.personal?.length ? { personal_data_changed: change.personal } : {}),
    },
  });
