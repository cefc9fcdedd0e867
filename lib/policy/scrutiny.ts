export const TIERS = ["low", "medium", "high", "prohibited"] as const;
export type Tier = (typeof TIERS)[number];

/** From the least to the most scrutiny. */
export const ROUTES = ["auto_execute", "execute_then_review", "batch_review", "named_approver"] as const;
export type Route = (typeof ROUTES)[number];

const tierRanks: Record<Tier, number> = { low: 0, medium: 1, high: 2, prohibited: 3 };
const routeRanks: Record<Route, number> = {
  auto_execute: 0,
  execute_then_review: 1,
  batch_review: 2,
  named_approver: 3,
};

/** Position in the order low < medium < high < prohibited. */
export function tierRank(tier: Tier): number {
  return tierRanks[tier];
}

/** Position in the order of ROUTES. */
export function routeRank(route: Route): number {
  return routeRanks[route];
}

/** Whether the route lets the action run before a person has looked at it. */
export function runsBeforeReview(route: Route): boolean {
  return route === "auto_execute" || route === "execute_then_review";
}
