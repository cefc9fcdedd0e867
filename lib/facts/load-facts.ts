import type { Queryable } from "@/lib/db/database";
import { type Statement, sql } from "@/lib/db/sql";
import type { Facts, FactValue } from "@/lib/policy/compile-policy";
import type { ComputedFactName } from "@/lib/policy/computed-facts";
import { readPointer } from "@/lib/policy/pointer";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { type ComputedFacts, computeFacts } from "./compute-facts";
import type { FetchedFacts } from "./fetch-facts";
import { type SubjectTie, settleSubject, subjectIdIn } from "./subject-tie";

/** What the facts are about: the payload that would be executed and who drafted it for whom. */
export interface FactQuestion {
  payload: unknown;
  /** Whom the draft says it is about. */
  subject: { type: string; id: string };
  /** The agent whose doing it is: the one that had the built-in drafter write it, or else the one that drafted it. */
  agentId: string;
  /** The amount of this payload, for totals that count the draft itself. */
  amount: number | null;
  /** The draft being classified again, or the one it revises: totals must not count it twice. */
  excludeDraftId: string | null;
  now: Date;
  /** What `fetchFacts` found for this payload; without it, facts from http are unknown. */
  fetched?: FetchedFacts;
}

/** Where the facts that a policy looks at are to be found for one draft. */
export interface WantedFacts {
  actionType: string;
  /** Settled already: they stand in the payload, or were fetched. */
  known: Record<string, FactValue>;
  /** A null `id` is the one that `tie.fact`, itself among these, turns out to be. */
  pushed: { fact: string; type: string; id: string | null; name: string }[];
  computed: { fact: string; name: ComputedFactName }[];
  /** How the true subject is found; null where what the draft says is all there is. */
  tie: SubjectTie | null;
}

/** A fact as `pushedFacts` answers it; `position` counts from 1 in what was wanted. */
export interface PushedFact {
  position: number;
  value: unknown;
  source: string;
  observed_at: string;
}

/**
 * Every fact the policy looks at, with value, source and time. A fact that nobody pushed, or whose pointer leads
 * nowhere, is missing from the answer: unknown, which the policy treats as the stricter case.
 */
export async function loadFacts(tx: Queryable, policy: LoadedPolicy, question: FactQuestion): Promise<Facts> {
  const wanted = wantFacts(policy, question);
  const [pushed, computed] = await Promise.all([
    wanted.pushed.length
      ? tx.row<{ facts: PushedFact[] }>(sql`SELECT (${pushedFacts(wanted)}) AS facts`)
      : null,
    computeFacts(tx, wanted, question),
  ]);
  return assembleFacts(wanted, question, pushed?.facts ?? [], computed);
}

/** Sorts the policy's facts by where they come from, and puts down those of the payload and those fetched. */
export function wantFacts(policy: LoadedPolicy, question: FactQuestion): WantedFacts {
  const { actionType } = policy;
  const wanted: WantedFacts = { actionType, known: {}, pushed: [], computed: [], tie: null };
  const ofSubject: { fact: string; name: string }[] = [];
  for (const [fact, source] of Object.entries(policy.factSources)) {
    if (source.kind === "payload") {
      const value = readPointer(question.payload, source.pointer);
      if (value !== undefined) wanted.known[fact] = { value, source: "payload" };
    } else if (source.kind === "http") {
      const notAsked = { value: null, source: `lookup ${source.lookup}`, note: "it was not looked up" };
      wanted.known[fact] = question.fetched?.[fact] ?? notAsked;
    } else if (source.kind === "computed") {
      wanted.computed.push({ fact, name: source.name });
    } else if (source.kind === "pushed" && source.idPointer === null) {
      ofSubject.push({ fact, name: source.name });
    } else if (source.kind === "pushed") {
      const id = readPointer(question.payload, source.idPointer);
      if (typeof id === "string" || typeof id === "number") {
        wanted.pushed.push({ fact, type: source.subjectType, id: String(id), name: source.name });
      }
    }
  }
  const { subjectFrom } = policy.policy;
  if (subjectFrom) {
    const computed = wanted.computed.filter(({ name }) => name.startsWith("subject_"));
    const namesOf = (list: { fact: string }[]) => list.map(({ fact }) => fact);
    wanted.tie = { ...subjectFrom, lookedUp: namesOf(ofSubject), computed: namesOf(computed) };
  }
  const subject = subjectFrom ? findSubject(wanted, subjectFrom) : question.subject;
  if (subject) wanted.pushed.push(...ofSubject.map((entry) => ({ ...entry, ...subject })));
  return wanted;
}

/** Whom the draft is really about, its id null while only the database can tell; null when nothing will tell. */
function findSubject(
  { known, pushed }: WantedFacts,
  { type, fact }: { type: string; fact: string },
): { type: string; id: string | null } | null {
  if (pushed.some((entry) => entry.fact === fact)) return { type, id: null };
  const id = subjectIdIn(known[fact]);
  return id === null ? null : { type, id };
}

/**
 * The pushed facts as one value, an array of `PushedFact`; what is the true subject's is looked up under the id that the
 * tie's fact has in the same moment. Arrays go in as sub-selects: the planner then cannot tell
 * them apart, and keeps one plan instead of making new ones.
 */
export function pushedFacts({ pushed, tie }: WantedFacts): Statement {
  const types = pushed.map(({ type }) => type);
  const ids = pushed.map(({ id }) => id);
  const names = pushed.map(({ name }) => name);
  const telling = ids.includes(null) ? pushed.find(({ fact }) => fact === tie?.fact) : undefined;
  const id = telling
    ? sql`coalesce(wanted.id, (SELECT told.value #>> '{}' FROM fact AS told
                               WHERE told.subject_type = ${telling.type} AND told.subject_id = ${telling.id}
                                 AND told.name = ${telling.name}
                                 AND jsonb_typeof(told.value) IN ('string', 'number')))`
    : sql`wanted.id`;
  return sql`
    SELECT coalesce(json_agg(json_build_object('position', wanted.position, 'value', fact.value, 'source', fact.source,
                                               'observed_at', fact.observed_at)), '[]')
    FROM unnest((SELECT ${types}::text[]), (SELECT ${ids}::text[]), (SELECT ${names}::text[]))
         WITH ORDINALITY AS wanted(type, id, name, position)
    JOIN fact ON fact.subject_type = wanted.type AND fact.subject_id = ${id} AND fact.name = wanted.name`;
}

/** Puts what was found under the names that the policy uses. */
export function assembleFacts(
  wanted: WantedFacts,
  { now, subject }: Pick<FactQuestion, "now" | "subject">,
  pushed: PushedFact[],
  computed: ComputedFacts,
): Facts {
  const facts = { ...wanted.known };
  for (const { position, value, source, observed_at } of pushed) {
    facts[wanted.pushed[position - 1]!.fact] = { value, source, at: new Date(observed_at).toISOString() };
  }
  for (const { fact, name } of wanted.computed) {
    const value = computed[name];
    if (value !== undefined)
      facts[fact] = { value, source: "computed by Countersign", at: now.toISOString() };
  }
  return wanted.tie ? { ...facts, ...settleSubject(wanted.tie, subject, facts) } : facts;
}
