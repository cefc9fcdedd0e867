import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { newId } from "@/lib/drafts/new-id";
import { CountersignError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { scheduleSchema } from "@/lib/routing/schedule";
import { publishVersion } from "./publish-version";
import { lockSchedule, refuseMoved } from "./stored-schedule";

const nameMessage = "a name of 1 to 80 characters";

const inputSchema = z.strictObject({
  /** Null makes a new schedule. */
  id: z.string().max(100).nullable(),
  /** The version that was edited; 0 for a new schedule. */
  version: z.int().min(0),
  name: z.string(nameMessage).trim().min(1, nameMessage).max(80, nameMessage),
  definition: scheduleSchema,
  note: z.string().trim().max(500, "at most 500 characters").default(""),
  acceptGaps: z.boolean().default(false),
});
export type PublishInput = z.input<typeof inputSchema>;

/**
 * Publishes a schedule: from the next question on, it says who is on call. The version is written beside it for good.
 * @throws CountersignError `forbidden`, `not_found`, `conflict` (published by somebody else meanwhile, archived, or the
 * name is taken), `invalid_request` (also: a participant could not decide, nobody is ever on call in the next eight
 * weeks, or there are gaps that `acceptGaps` does not accept).
 */
export async function publishSchedule(
  ctx: Context<PersonActor>,
  input: PublishInput,
): Promise<{ id: string; version: number }> {
  requirePermission(ctx.actor, "organisation.write");
  const { id, version, note, ...given } = parseInput(inputSchema, input);
  return ctx.db.transaction(async (tx) => {
    const before = id === null ? null : await lockSchedule(tx, id);
    if (before) {
      await refuseMoved(ctx, tx, before, version);
      if (before.archivedAt) {
        const message = `“${before.name}” is archived. Restore one of its versions to bring it back.`;
        throw new CountersignError("conflict", message);
      }
    }
    return publishVersion(ctx, tx, { before, id: id ?? newId("sch"), note: note || null, ...given });
  });
}
