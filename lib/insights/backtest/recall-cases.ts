import type { Queryable } from "@/lib/db/database";
import type { LoadedPolicies, LoadedPolicy } from "@/lib/policy-files/load-policies";
import { amongChangedSince, SETTLED_AFTER_MS } from "./among-changed";
import { CaseSet } from "./case-set";
import { meaningOf, type PastCases } from "./past-case";
import { type CaseQuestion, MOST_CASES, readCases } from "./read-cases";
import { readPieces, type SettledCases } from "./read-pieces";

/** What a process remembers of one question. */
interface Memory extends SettledCases {
  /** From when on it was asked for; `since` is later where there were more drafts than are looked at. */
  asked: Date;
}

/** So many cases are kept in memory in all; what was asked for longest ago goes first. */
const MOST_REMEMBERED = 400_000;

const memories = new WeakMap<Queryable, Map<string, Memory>>();

/**
 * The past drafts that `readCases` reads, as a process remembers them from one time to the next: a manager tries one limit
 * after another. At first it takes what a worker has put aside. Then, and each time, it reads what may have changed since,
 * whoever changed it, so the answer is always what reading everything anew would give.
 */
export async function recallCases(
  ctx: { db: Queryable; policies: LoadedPolicies },
  question: Question,
): Promise<PastCases & { since: Date }> {
  const { columns, since, until } = question;
  const { actionType } = question.policy;
  const known = memories.get(ctx.db) ?? new Map<string, Memory>();
  memories.set(ctx.db, known);
  const key = [actionType, ...columns.map(meaningOf)].join("\n");
  const remembered = known.get(key);
  const memory =
    remembered && remembered.asked <= since
      ? await catchUp(ctx, question, remembered)
      : await readFirst(ctx, question);
  // What was asked for last is kept longest.
  known.delete(key);
  known.set(key, memory);
  forgetMost(known);
  const from = new Date(Math.max(memory.since.getTime(), since.getTime()));
  const [first, end] = [Math.floor(from.getTime() / 1000), until.getTime() / 1000];
  const cases = memory.cases.filter(({ at }) => at >= first && at < end);
  return { actionType, columns, cases, since: from };
}

type ReadContext = { db: Queryable; policies: LoadedPolicies };

/** What past drafts are asked of: those of a policy's action type, submitted in a time. */
interface Question extends Pick<CaseQuestion, "columns" | "since" | "until"> {
  policy: Pick<LoadedPolicy, "actionType">;
}

/** Memory is of all that was submitted from some time on: a question's own end is for its answer. */
const EVER = new Date("9999-12-31T00:00:00Z");

async function readFirst(ctx: ReadContext, question: Question): Promise<Memory> {
  const { columns, since: asked } = question;
  const { actionType } = question.policy;
  const pieces = await readPieces(ctx.db, { actionType, columns, since: asked });
  if (pieces) return catchUp(ctx, question, { ...pieces, asked }, true);
  const settledUntil = new Date(Date.now() - SETTLED_AFTER_MS);
  const { cases, since } = await readCases(ctx, { actionType, columns, since: asked, until: EVER });
  return { asked, since, settledUntil, cases: [...cases] };
}

/** Reads again what may have changed. */
async function catchUp(
  ctx: ReadContext,
  { policy: { actionType }, columns }: Question,
  memory: Memory,
  everyImport = false,
): Promise<Memory> {
  const settledUntil = new Date(Date.now() - SETTLED_AFTER_MS);
  const among = amongChangedSince(actionType, memory.settledUntil, { everyImport });
  const read = await readCases(ctx, { actionType, columns, since: memory.since, until: EVER, among });
  const readAgain = new CaseSet(read.cases);
  const cases = memory.cases.filter((each) => !readAgain.has(each));
  for (const each of read.cases) cases.push(each);
  return keepNewest({ ...memory, settledUntil, cases });
}

function keepNewest(memory: Memory): Memory {
  const { cases } = memory;
  if (cases.length <= MOST_CASES) return memory;
  const first = Float64Array.from(cases, ({ at }) => at).sort()[cases.length - MOST_CASES]!;
  return { ...memory, since: new Date(first * 1000), cases: cases.filter(({ at }) => at >= first) };
}

function forgetMost(known: Map<string, Memory>): void {
  let total = 0;
  for (const { cases } of known.values()) total += cases.length;
  for (const [key, { cases }] of known) {
    if (total <= MOST_REMEMBERED) return;
    known.delete(key);
    total -= cases.length;
  }
}
