import { findPromotable } from "./find-promotable";
import { findReviewed } from "./find-reviewed";
import { findRunning } from "./find-running";
import { count } from "./finding-words";
import type { QuarterFacts } from "./quarter-facts";
import type { Finding } from "./types";

/**
 * What a quarter asks somebody to do, the most pressing first. A share is spoken of once its interval leaves no doubt: of
 * fewer than twenty cases none is.
 */
export function findFindings(facts: QuarterFacts): Finding[] {
  const { overturned, leases, holds, unlooked } = findRunning(facts);
  return [
    ...overturned,
    ...leases,
    ...holds,
    ...unassignedTypes(facts),
    ...findPromotable(facts),
    ...unlooked,
    ...findReviewed(facts),
  ];
}

const unassignedTypes = ({ unassigned, policies }: QuarterFacts): Finding[] =>
  unassigned
    .filter(({ actionType }) => !policies.has(actionType))
    .map(({ actionType, agentName, submissions }) => ({
      id: `unassigned:${actionType}`,
      kind: "unassigned" as const,
      what: actionType,
      sentence: `Agents have asked for it ${count(submissions, "time")} so far, ${agentName} last, and were refused: no policy covers it.`,
      rate: null,
      todo: { label: "See what was asked for, and write a policy", href: "/organisation/policies" },
    }));
