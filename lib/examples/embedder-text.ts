import type { FeatureSketch } from "./embedder-sketch";

const SPACE = 32;
const MASK = 35;
const MAX_TEXT = 1536;
const FNV_OFFSET = 0x811c9dc5 | 0;
const FNV_PRIME = 0x01000193;
const PAIR_WEIGHT = 0.6;
const GRAM_WEIGHT = 0.35;

/** From here on, scripts write without spaces and two characters are a word. */
const FIRST_CJK = 0x2e80;

/** Words of one text between single spaces, lower case, with a space at both ends. */
const letters = new Uint16Array(MAX_TEXT * 2 + 2);

/**
 * Counts the words, word pairs and character 3- to 5-grams (within words) of a text, all weighed by
 * `weight`. Only the first `maxLength` UTF-16 units count.
 */
export function sketchText(sketch: FeatureSketch, text: string, weight: number, maxLength = MAX_TEXT): void {
  const length = normalise(text, Math.min(maxLength, MAX_TEXT));
  let previous = 0;
  for (let start = 0; start < length - 1; ) {
    let end = start + 1;
    let word = FNV_OFFSET;
    for (; letters[end] !== SPACE; end++) word = fnv(word, letters[end] as number);
    sketch.add(word, weight);
    if (previous !== 0) sketch.add(fnv(previous, 0x10000) ^ word, weight * PAIR_WEIGHT);
    previous = word;
    if (letters[start + 1] !== MASK) sketchGrams(sketch, start, end, weight * GRAM_WEIGHT);
    start = end;
  }
}

/** Hash of a whole text after the same normalisation, continuing `hash`: for `path=value` features. */
export function hashText(text: string, hash = FNV_OFFSET): number {
  const length = normalise(text, MAX_TEXT);
  let whole = hash;
  for (let index = 1; index < length - 1; index++) whole = fnv(whole, letters[index] as number);
  return whole;
}

/** Hash of a name as it stands, continuing `hash`. */
export function hashName(name: string, hash = FNV_OFFSET): number {
  let whole = hash;
  for (let index = 0; index < name.length; index++) whole = fnv(whole, name.charCodeAt(index));
  return fnv(whole, 0x20000);
}

function sketchGrams(sketch: FeatureSketch, start: number, end: number, weight: number): void {
  for (let from = start; from <= end - 2; from++) {
    const second = letters[from + 1] as number;
    let gram = fnv(fnv(0x3a3a, letters[from] as number), second);
    if (second >= FIRST_CJK) sketch.add(gram, weight);
    for (let to = from + 2; to <= end && to < from + 5; to++) {
      gram = fnv(gram, letters[to] as number);
      sketch.add(gram, weight);
    }
  }
}

function fnv(hash: number, code: number): number {
  return Math.imul(hash ^ code, FNV_PRIME);
}

/** Fills `letters` and returns how many there are; 1 when the text has no word. */
function normalise(text: string, maxLength: number): number {
  const lower = text.slice(0, maxLength).normalize("NFKC").toLowerCase();
  const end = Math.min(lower.length, letters.length - 2);
  letters[0] = SPACE;
  let length = 1;
  let wordStart = 1;
  let digits = 0;
  let beyondHex = 0;
  for (let index = 0; index <= end; index++) {
    const code = index < end ? lower.charCodeAt(index) : SPACE;
    if (isInvisible(code)) continue;
    if (isLetter(code)) {
      letters[length++] = code;
      if (code >= 48 && code <= 57) digits++;
      else if (code < 97 || code > 102) beyondHex++;
      continue;
    }
    if (length === wordStart) continue;
    if (isIdentifier(length - wordStart, digits, beyondHex)) {
      letters[wordStart] = MASK;
      length = wordStart + 1;
    }
    letters[length++] = SPACE;
    wordStart = length;
    digits = 0;
    beyondHex = 0;
  }
  return length;
}

/** Order numbers, hashes, parts of a UUID: every draft has its own, so they say nothing about likeness. */
function isIdentifier(length: number, digits: number, beyondHex: number): boolean {
  return digits >= 4 || (digits > 0 && ((length >= 4 && beyondHex === 0) || length >= 12));
}

function isLetter(code: number): boolean {
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
  return code > 0xbf && !(code >= 0x2000 && code <= 0x206f) && !(code >= 0x3000 && code <= 0x303f);
}

function isInvisible(code: number): boolean {
  return (code >= 0x200b && code <= 0x200f) || code === 0x2060 || code === 0xfeff || code === 0xad;
}
