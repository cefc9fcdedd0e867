import { sketchBand, sketchFields } from "./embedder-fields";
import { FeatureSketch } from "./embedder-sketch";
import { hashName, sketchText } from "./embedder-text";

/** The name kept beside each vector. Any change to what is computed here needs a new one. */
export const BUILTIN_EMBEDDER = "builtin-hash-512-v1";

/** What a draft is compared by. */
export type EmbedInput = {
  actionType: string;
  subjectType: string;
  summary: string;
  /** Any JSON value. */
  payload: unknown;
  /** In the unit of the action type's policy, where it has an amount. */
  amount?: number | null;
  /** `content` is text or JSON. */
  evidence: { kind: string; title: string; content?: unknown }[];
};

/** How many numbers its vectors have. */
export const BUILTIN_DIMENSIONS = 512;
/** How much each group of features weighs: a long message must not drown a status or an amount. */
const WORDS = 1;
const FIELDS = 0.6;
const AMOUNT = 0.5;
const MAX_SUMMARY = 400;
const MAX_MESSAGES = 1200;
const MAX_TITLE = 80;
const MAX_PIECES_OF_EVIDENCE = 12;
const MAX_NODES = 160;

const words = new FeatureSketch(BUILTIN_DIMENSIONS);
const fields = new FeatureSketch(BUILTIN_DIMENSIONS);

/**
 * A draft as 512 numbers of length 1, the same on every machine and without a network: signed hashes of
 * the words, word pairs and 3- to 5-grams of summary and messages, of salient `path=value` fields, and of the
 * amount's band. Identifiers are masked. Only bounded parts of the input are read (well under a millisecond).
 */
export function embedBuiltin(input: EmbedInput): Float32Array {
  sketchText(words, input.summary, 1, MAX_SUMMARY);
  fields.add(hashName(input.actionType, hashName("action")), 0.5);
  fields.add(hashName(input.subjectType, hashName("subject")), 1);

  const budget = { nodes: MAX_NODES, text: MAX_MESSAGES };
  const walk = { words, fields, budget };
  sketchFields(walk, "payload", input.payload);
  for (const { kind, title, content } of input.evidence.slice(0, MAX_PIECES_OF_EVIDENCE)) {
    if (kind !== "message") sketchText(words, title, 0.3, MAX_TITLE);
    sketchFields(walk, kind === "message" ? "message" : "record", content);
  }

  const vector = new Float32Array(BUILTIN_DIMENSIONS);
  words.foldInto(vector, WORDS);
  fields.foldInto(vector, FIELDS);
  if (typeof input.amount === "number") {
    sketchBand(fields, hashName("amount"), input.amount, 1);
    fields.foldInto(vector, AMOUNT);
  }
  return toUnitLength(vector);
}

function toUnitLength(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  // Cosine distance to a zero vector is undefined, and an index would never return it.
  if (squares === 0) vector[0] = squares = 1;
  const scale = 1 / Math.sqrt(squares);
  for (let index = 0; index < vector.length; index++) vector[index] = (vector[index] as number) * scale;
  return vector;
}
