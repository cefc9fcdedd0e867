import type { Queryable } from "@/lib/db/database";
import type { LoadedPolicies } from "@/lib/policy-files/load-policies";
import { policyVersionId } from "@/lib/policy-files/policy-versions";
import type { PastCase, PastCases } from "./past-case";
import { sourceKey } from "./past-case";
import { type CaseQuestion, MOST_CASES, readCases } from "./read-cases";

/** What a process remembers of one question. */
interface Memory {
  since: Date;
  readAt: Date;
  cases: Map<string, PastCase>;
}

/** So many cases are kept in memory in all; what was asked for longest ago goes first. */
const MOST_REMEMBERED = 400_000;

const memories = new WeakMap<Queryable, Map<string, Memory>>();

/**
 * The past drafts that `readCases` reads, remembered from one time to the next: a manager tries one limit after another, and
 * what people decided more than a day ago is settled. Only what may have changed is read again, so the answer is always
 * what reading everything anew would give.
 */
export async function recallCases(
  ctx: { db: Queryable; policies: LoadedPolicies },
  question: CaseQuestion,
): Promise<PastCases & { since: Date }> {
  const { policy, columns, since, until } = question;
  const known = memories.get(ctx.db) ?? new Map<string, Memory>();
  memories.set(ctx.db, known);
  const key = [policyVersionId(policy), ...columns.map(({ name, source }) => name + sourceKey(source))].join(
    "\n",
  );
  const before = known.get(key);
  const isKnown = before !== undefined && before.since <= since;
  const readAt = new Date();
  const read = await readCases(ctx, isKnown ? { ...question, changedSince: before.readAt } : question);
  const cases = isKnown ? before.cases : new Map<string, PastCase>();
  for (const each of read.cases) cases.set(each.id, each);
  // The newest asked for is kept longest; too many at once are not kept at all.
  known.delete(key);
  const memory = { since: isKnown ? before.since : read.since, readAt, cases };
  if (cases.size <= MOST_CASES) known.set(key, memory);
  forgetMost(known);
  const [from, to] = [Math.floor(read.since.getTime() / 1000), until.getTime() / 1000];
  const asked: PastCase[] = [];
  for (const each of cases.values()) if (each.at >= from && each.at < to) asked.push(each);
  return { actionType: policy.actionType, columns, cases: asked, since: read.since };
}

function forgetMost(known: Map<string, Memory>): void {
  let total = 0;
  for (const { cases } of known.values()) total += cases.size;
  for (const [key, { cases }] of known) {
    if (total <= MOST_REMEMBERED) return;
    known.delete(key);
    total -= cases.size;
  }
}
