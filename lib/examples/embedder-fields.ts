import type { FeatureSketch } from "./embedder-sketch";
import { hashName, hashText, sketchText } from "./embedder-text";

/** Where fields and long texts are counted, and how much more of the input may be read. */
export type FieldWalk = {
  words: FeatureSketch;
  fields: FeatureSketch;
  budget: { nodes: number; text: number };
};

/** Of a payload every field counts; of a message its words; of a record only what tells cases apart. */
export type FieldSource = "payload" | "message" | "record";

const TEXT_WEIGHT = { payload: 0.6, message: 0.8, record: 0.2 };
const MAX_DEPTH = 8;
const MAX_VALUE = 48;
/** A record is mostly addresses and identifiers; these keys say what state its subject is in. */
const SALIENT_KEY =
  /(?:^|_)(?:status|state|reason|tier|plan|category|priority|severity|type|method|currency|environment)$/i;

/** Counts the `path=value` fields of some JSON, and the words of its longer texts, within the walk's budget. */
export function sketchFields(walk: FieldWalk, source: FieldSource, value: unknown): void {
  sketchNode(walk, source, hashName(source), "", value, 0);
}

/** Counts a number on a logarithmic scale in soft bands: 298 and 310 all but agree, 50 and 500 share nothing. */
export function sketchBand(sketch: FeatureSketch, path: number, amount: number, weight: number): void {
  if (!Number.isFinite(amount)) return;
  const position = 2 * Math.log2(1 + Math.abs(amount));
  const signed = amount < 0 ? hashName("negative", path) : path;
  for (let band = Math.floor(position) - 2; band <= Math.floor(position) + 3; band++) {
    sketch.add(Math.imul(signed ^ (band + 8), 0x01000193), weight * Math.exp(-((position - band) ** 2) / 2));
  }
}

function sketchNode(
  walk: FieldWalk,
  source: FieldSource,
  path: number,
  key: string,
  value: unknown,
  depth: number,
): void {
  if (value === undefined || value === null || depth > MAX_DEPTH || walk.budget.nodes-- <= 0) return;
  if (typeof value === "object") {
    sketchChildren(walk, source, path, value, depth);
  } else if (typeof value === "string" && (source === "message" || value.length > MAX_VALUE)) {
    if (walk.budget.text <= 0) return;
    sketchText(walk.words, value, TEXT_WEIGHT[source], walk.budget.text);
    walk.budget.text -= value.length;
  } else if (source === "payload" || (source === "record" && SALIENT_KEY.test(key))) {
    if (typeof value === "number") sketchBand(walk.fields, path, value, 0.5);
    else walk.fields.add(hashText(String(value), path), 1);
  }
}

/** Plain values come before nested ones, so that a long list of items cannot use up the budget of a status. */
function sketchChildren(
  walk: FieldWalk,
  source: FieldSource,
  path: number,
  value: object,
  depth: number,
): void {
  if (Array.isArray(value)) {
    const each = hashName("*", path);
    for (let index = 0; index < value.length && walk.budget.nodes > 0; index++) {
      sketchNode(walk, source, each, "", value[index], depth + 1);
    }
    return;
  }
  const children = value as Record<string, unknown>;
  for (const nested of [false, true]) {
    for (const key in children) {
      if (walk.budget.nodes <= 0) return;
      const child = children[key];
      if ((typeof child === "object") === nested) {
        sketchNode(walk, source, hashName(key, path), key, child, depth + 1);
      }
    }
  }
}
