import { existsSync, readFileSync } from "node:fs";
import { type EmbedInput, embedBuiltin } from "@/lib/examples/embedder-builtin";
import { bm25 } from "./bm25";
import type { Result } from "./report";

/** Retail drafts that belong to no release; without them this part measures nothing. */
const FILE = "../shared/data/tau-retail/drafts.jsonl";
const NEAREST = 3;

interface Draft extends EmbedInput {
  action_type: string;
  subject: { type: string };
  payload: { amount?: number; reason?: string };
}

/** What is asked about, and which other drafts a person would call alike. */
interface Question {
  name: string;
  isAsked: (draft: Draft) => boolean;
  isAlike: (one: Draft, other: Draft) => boolean;
}

const isNear = ({ payload: { amount: one } }: Draft, { payload: { amount: other } }: Draft) =>
  one !== undefined && other !== undefined && Math.abs(Math.log2(one / other)) < 0.5;

const QUESTIONS: Question[] = [
  {
    name: "alike in reason and amount",
    isAsked: ({ payload }) => payload.reason !== undefined,
    isAlike: (one, other) => one.payload.reason === other.payload.reason && isNear(one, other),
  },
  {
    name: "… in goods and amount",
    isAsked: ({ action_type }) => /items$/.test(action_type),
    isAlike: (one, other) => isNear(one, other) && sharedGoods(one, other) >= 0.3,
  },
  {
    // Without an aim: that the amount counts is meant, and here it only distracts.
    name: "… in goods, whatever the amount",
    isAsked: ({ action_type }) => /items$/.test(action_type),
    isAlike: (one, other) => sharedGoods(one, other) >= 0.3,
  },
];

/** How many of the three nearest of the same action type are alike, by the built-in embedder beside BM25. */
export function measureLikeness(): Result[] {
  if (!existsSync(FILE)) return [];
  const drafts = readFileSync(FILE, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Draft);
  const vectors = drafts.map((draft) =>
    embedBuiltin({
      ...draft,
      actionType: draft.action_type,
      subjectType: draft.subject.type,
      amount: draft.payload.amount ?? null,
    }),
  );
  const byWords = bm25(drafts.map(textOf));
  const byVectors = (asked: number, other: number) =>
    vectors[asked]!.reduce((sum, value, at) => sum + value * vectors[other]![at]!, 0);
  return QUESTIONS.map((question) => ({
    name: question.name,
    unit: "recall",
    measured: precision(drafts, question, byVectors),
    floorName: "BM25",
    floor: precision(drafts, question, byWords),
    aim: question.name.endsWith("whatever the amount") ? null : { atLeast: 1 },
  }));
}

function precision(
  drafts: Draft[],
  { isAsked, isAlike }: Question,
  score: (asked: number, other: number) => number,
) {
  const samples: number[] = [];
  for (const [asked, draft] of drafts.entries()) {
    if (!isAsked(draft)) continue;
    const others = drafts
      .map((other, index) => ({ index, isSame: other.action_type === draft.action_type && index !== asked }))
      .filter(({ isSame }) => isSame)
      .map(({ index }) => ({ score: score(asked, index), isAlike: isAlike(draft, drafts[index]!) }));
    if (others.filter((other) => other.isAlike).length < NEAREST) continue;
    const nearest = others.sort((one, other) => other.score - one.score).slice(0, NEAREST);
    samples.push(nearest.filter((other) => other.isAlike).length / NEAREST);
  }
  return { median: samples.reduce((sum, share) => sum + share, 0) / samples.length, samples };
}

const messageOf = ({ evidence }: Draft): string =>
  String(evidence.find(({ kind }) => kind === "message")?.content ?? "");

/** What BM25 reads: the same parts as the embedder. */
const textOf = (draft: Draft): string =>
  [
    draft.summary,
    JSON.stringify(draft.payload),
    messageOf(draft),
    ...draft.evidence.map(({ content }) => (content as { status?: string } | undefined)?.status ?? ""),
  ].join(" ");

const goods = new WeakMap<Draft, Set<string>>();

/** The goods of the order that the customer names. */
function goodsOf(draft: Draft): Set<string> {
  const message = messageOf(draft);
  const items = draft.evidence.flatMap(
    ({ content }) => (content as { items?: { name: string }[] } | undefined)?.items ?? [],
  );
  const known =
    goods.get(draft) ?? new Set(items.map(({ name }) => name).filter((name) => message.includes(name)));
  goods.set(draft, known);
  return known;
}

function sharedGoods(one: Draft, other: Draft): number {
  const [mine, theirs] = [goodsOf(one), goodsOf(other)];
  const shared = [...mine].filter((name) => theirs.has(name)).length;
  return shared / (mine.size + theirs.size - shared || 1);
}
