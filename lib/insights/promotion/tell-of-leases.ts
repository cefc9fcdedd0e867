import type { Context, SystemActor } from "@/lib/context";
import { titleOf } from "@/lib/drafts/title-of";
import { type Notice, noticesToWrite } from "@/lib/notices/notice";
import { leaseEndsAt } from "@/lib/policy/apply-lease";
import { RENEWED_WITHIN_MS } from "./ending-leases";
import { readManagers } from "./read-managers";

const DAY_MS = 24 * 60 * 60 * 1000;
/** For so long afterwards people are told that it has ended. */
const AFTER_MS = 7 * DAY_MS;

/**
 * Tells managers and admins, once each, that a rule's lease ends within seven days, and that it has ended. Resolves to how
 * many notices were new.
 */
export async function tellOfLeases(
  ctx: Pick<Context<SystemActor>, "db" | "policies" | "now">,
): Promise<number> {
  const now = ctx.now();
  const told = [...ctx.policies.values()].flatMap((policy) =>
    policy.policy.rules.flatMap(({ name, lease }) => {
      if (!lease) return [];
      const left = leaseEndsAt(lease).getTime() - now.getTime();
      if (left > RENEWED_WITHIN_MS || left < -AFTER_MS) return [];
      const what = `“${titleOf(policy, policy.actionType)}”, rule “${name}”`;
      const text =
        left > 0
          ? `${what} runs by itself until ${lease.until} only. After that people review it first; renew it by a new promotion.`
          : `${what} no longer runs by itself: its permission ended with ${lease.until}. People review it first.`;
      const about = `${policy.actionType}:${lease.promotion ?? name}:${lease.until}`;
      return [{ text, dedupeKey: `lease:${about}:${left > 0 ? "ends" : "ended"}`.slice(0, 300) }];
    }),
  );
  if (told.length === 0) return 0;
  const managers = await readManagers(ctx.db);
  const notices = managers.flatMap((personId) =>
    told.map((each): Notice => ({ personId, kind: "lease", draftId: null, ...each })),
  );
  return ctx.db.run(noticesToWrite(notices, now));
}
