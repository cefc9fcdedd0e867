"use server";

import { action } from "@/lib/adapters/action";
import { decidePromotion } from "@/lib/insights/promotion/decide-promotion";
import { proposePromotion } from "@/lib/insights/promotion/propose-promotion";
import { retryPullRequest } from "@/lib/insights/promotion/retry-pull-request";

/** Proposes that what a reviewed rule decides runs by itself up to a limit. */
export const propose = action(proposePromotion);

/** Accepts, declines or withdraws a promotion. */
export const decide = action(decidePromotion);

/** Has the pull request of an accepted promotion opened once more. */
export const retry = action(retryPullRequest);
