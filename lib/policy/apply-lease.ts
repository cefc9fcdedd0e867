import type { CompiledPolicy, Lease } from "./compile-policy";
import type { Classification } from "./evaluate";
import { applyHolds, type Hold } from "./holds";

/** The moment at which a lease is over: the end of its last day, in UTC. */
export const leaseEndsAt = ({ until }: Pick<Lease, "until">): Date =>
  new Date(Date.parse(`${until}T00:00:00Z`) + 24 * 60 * 60 * 1000);

/** What holds back to review once a lease is over; null while it lasts, and where there is none. */
export function endedLease(lease: Lease | undefined, now: Date): Hold | null {
  if (!lease || now < leaseEndsAt(lease)) return null;
  const id = lease.promotion ?? `lease until ${lease.until}`;
  return { id, rule: null, reason: `its permission to run by itself ended with ${lease.until}` };
}

/**
 * What a classification comes to at a moment: what would run by itself under a lease that is over waits in the batch queue,
 * as under a hold.
 */
export function applyLease(classification: Classification, now: Date): Classification {
  const ended = endedLease(classification.lease, now);
  return ended ? applyHolds(classification, [ended]) : classification;
}

/** The policy as it is at a moment: under a lease that is over, people review what its rule let run by itself. */
export const policyAt = (policy: CompiledPolicy, now: Date): CompiledPolicy => ({
  ...policy,
  rules: policy.rules.map((rule) =>
    endedLease(rule.lease, now) ? { ...rule, route: "batch_review" } : rule,
  ),
});
