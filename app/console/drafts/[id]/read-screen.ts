import { may, requirePermission } from "@/lib/auth/permissions";
import type { Context, PersonActor } from "@/lib/context";
import { getReview } from "@/lib/drafts/get-review";
import type { ReviewScreen } from "@/lib/drafts/types";

/** A review screen with the server's time in milliseconds when it was read. */
export interface TimedScreen {
  screen: ReviewScreen;
  readAt: number;
}

/** The screen of one draft as this person may use it. @throws CountersignError `not_found`, `forbidden`. */
export async function readScreen(ctx: Context<PersonActor>, id: string): Promise<TimedScreen> {
  requirePermission(ctx.actor, "inbox.read");
  const readAt = Date.now();
  const screen = await getReview(ctx, id);
  const onlyLooks = !may(ctx.actor, "draft.decide") && screen.draft.status === "pending";
  return { screen: onlyLooks ? { ...screen, why: { ...screen.why, ...NOT_AN_APPROVER } } : screen, readAt };
}

const NOT_AN_APPROVER = { eligible: false, sentence: "You can look; deciding needs the approver role." };
