import pg from "pg";
import { sql } from "@/lib/db/sql";
import { embedDraft, toVectorParam } from "@/lib/examples/embed";
import {
  EXACT_LIMIT,
  INDEX_SETTINGS,
  type Neighbour,
  nearestExamples,
} from "@/lib/examples/nearest-examples";
import type { BenchWorld } from "./bench-world";
import { onCleanUp } from "./clean-up";
import { interleave, type Measurement, milliseconds } from "./interleave";
import { loadExamples } from "./load-examples";
import type { Result } from "./report";
import { ACTION_TYPES, amountOf, type BenchActionType, synthesiseDraft } from "./synthesise-draft";

export interface NearestSizes {
  /** How many examples the library has, fewest first. */
  examples: number[];
  queries: number;
  warmUp: number;
}

interface Question {
  draftId: string;
  actionType: BenchActionType;
  vector: Buffer;
}

const NEAREST = 3;
/** An exact search of a million takes a while. */
const MOST_COMPARED = 150;
/** Of examples as near as each other to a thousandth, the newest come first. */
const AS_NEAR = 0.001;

/**
 * For each size of the library the three nearest examples through the verb, beside the bare query, and how many an exact
 * search agrees with.
 */
export async function measureNearest(world: BenchWorld, sizes: NearestSizes): Promise<Result[]> {
  const questions = await addQuestions(world, sizes.queries + sizes.warmUp);
  const results: Result[] = [];
  let loaded = 0;
  for (const examples of sizes.examples) {
    await loadExamples(world, loaded + 1, examples);
    loaded = examples;
    results.push(...(await measureAmong(world, examples, questions, sizes)));
  }
  return results;
}

async function measureAmong(
  world: BenchWorld,
  examples: number,
  questions: Question[],
  { queries, warmUp }: NearestSizes,
): Promise<Result[]> {
  const bare = new pg.Client({ connectionString: world.url });
  await bare.connect();
  onCleanUp(() => bare.end());
  for (const [name, value] of Object.entries(INDEX_SETTINGS))
    await bare.query("SELECT set_config($1, $2, false)", [name, value]);
  const isExact = examples / ACTION_TYPES.length <= EXACT_LIMIT;

  // Each asks another question in a round: none finds in memory what its neighbour has just fetched.
  const inTurn = (round: number, turn: number) =>
    questions[(round + Math.floor((turn * questions.length) / 3)) % questions.length]!;
  const answers: Neighbour[][] = [];
  const ask = ({ draftId, actionType }: Question, outcomes?: "rejected"[]) =>
    nearestExamples(world.db, { draftId, actionType, ...(outcomes ? { outcomes } : {}) });
  const measured = await interleave(
    [
      {
        name: "verb",
        run: (round) =>
          milliseconds(async () => {
            answers[round] = await ask(inTurn(round, 0));
          }),
      },
      { name: "bare query", run: (round) => milliseconds(() => queryBare(bare, inTurn(round, 1), isExact)) },
      { name: "rejection", run: (round) => milliseconds(() => ask(inTurn(round, 2), ["rejected"])) },
    ],
    { rounds: queries, warmUp },
  );
  const count = examples.toLocaleString("en");
  const beside = { unit: "ms" as const, floorName: "bare query", floor: measured["bare query"]! };
  const compared = Math.min(queries, MOST_COMPARED);
  return [
    { name: `nearest three of ${count}`, ...beside, measured: measured.verb!, aim: { atMost: 1.3 } },
    {
      name: "… agreeing with exact search",
      unit: "recall",
      measured: await recall(
        world,
        questions.slice(warmUp, warmUp + compared),
        answers.slice(warmUp, warmUp + compared),
      ),
      floorName: "exact",
      floor: { median: 1, samples: [1] },
      aim: { atLeast: 0.95 },
    },
    { name: "… nearest rejection", ...beside, measured: measured.rejection!, aim: null },
  ];
}

/** Drafts that nobody decided yet, with their vectors. */
async function addQuestions(world: BenchWorld, count: number): Promise<Question[]> {
  const questions: Question[] = [];
  for (let index = 0; index < count; index++) {
    const serial = 8_000_000 + index;
    const actionType = ACTION_TYPES[index % ACTION_TYPES.length]!;
    const draft = synthesiseDraft(serial, actionType);
    const embedded = embedDraft({ ...draft, actionType, subjectType: "customer", amount: amountOf(serial) });
    const question = { draftId: `drf_question_${index}`, actionType, vector: toVectorParam(embedded.vector) };
    await world.db.run(sql`
      INSERT INTO draft (id, action_type, status, tier, agent_id, api_key_id, subject_type, subject_id, summary, payload,
                         payload_hash, policy_version_id, classification_id, decided_at, embedder, embedding)
      SELECT ${question.draftId}, ${actionType}, 'blocked', 'medium', ${world.agent.actor.agentId},
             ${world.agent.actor.keyId}, 'customer', ${draft.subject.id}, ${draft.summary},
             ${JSON.stringify(draft.payload)}::json, '', (SELECT id FROM policy_version WHERE action_type = ${actionType}),
             '', now(), ${embedded.embedder}, ${question.vector}::vector`);
    questions.push(question);
  }
  return questions;
}

/**
 * What a person would type, prepared once, with the same settings: the vector is a parameter. `+ 0` for an exact answer
 * where the verb gives one.
 */
const queryBare = (client: pg.Client, { actionType, vector }: Question, isExact: boolean) =>
  client.query({
    name: `bare ${isExact}`,
    text: `SELECT id, draft_id, outcome, embedding::vector(512) <=> $1::vector AS distance FROM example
           WHERE embedder = 'builtin-hash-512-v1' AND withdrawn_at IS NULL AND action_type = $2
           ORDER BY (embedding::vector(512) <=> $1::vector)${isExact ? " + 0" : ""} LIMIT 3`,
    values: [vector, actionType],
  });

/** The share of answers that are no farther than the third nearest by exact search: of equals, any will do. */
async function recall(
  world: BenchWorld,
  questions: Question[],
  answers: Neighbour[][],
): Promise<Measurement> {
  const shares: number[] = [];
  for (const [index, { actionType, vector }] of questions.entries()) {
    const exact = await world.db.rows<{ similarity: number }>(sql`
      SELECT 1 - (embedding <=> ${vector}::vector) AS similarity FROM example
      WHERE action_type = ${actionType} AND withdrawn_at IS NULL
      ORDER BY (embedding <=> ${vector}::vector) + 0 LIMIT ${NEAREST}`);
    const least = exact.at(-1)!.similarity - AS_NEAR;
    shares.push(answers[index]!.filter(({ similarity }) => similarity >= least).length / NEAREST);
  }
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return { median: mean, samples: shares };
}
