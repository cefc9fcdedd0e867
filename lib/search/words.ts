/** Longer words are kept, and looked for, by this many characters. */
const WORD_LENGTH = 64;

/** Letters and digits joined by what ids, addresses, dates and numbers are written with: `cus_1`, `a.b@c.org`, `54.04`. */
const COMPOUND = /[\p{L}\p{N}]+(?:[._@:+/-]+[\p{L}\p{N}]+)*/gu;
/** Chinese characters stand without spaces between words: each counts as one. */
const PART = /\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;
const THOUSANDS = /(?<=\d),(?=\d{3}(?!\d))/g;

/** The same for "É" and "e", "１" and "1", "1,234" and "1234". */
const fold = (text: string): string =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(THOUSANDS, "");

const cut = (word: string): string => [...word].slice(0, WORD_LENGTH).join("");
const partsOf = (compound: string): string[] => compound.match(PART) ?? [];
/** Whether a compound names one thing, so that all of it has to be found: `cus_1` is not any `cus` with any `1`. */
const isName = (compound: string): boolean =>
  /[\p{N}_@]/u.test(compound) && !/\p{Script=Han}/u.test(compound);

/** The words under which a text is found, in order, folded: each compound whole and in parts. */
export function* wordsOf(text: string): Generator<string> {
  for (const [compound] of fold(text).matchAll(COMPOUND)) {
    const parts = partsOf(compound);
    if (parts.length > 1) yield cut(compound);
    for (const part of parts) yield cut(part);
  }
}

const MOST_TYPED = 500;
const MOST_WORDS = 16;

/** What a search has to find, each as the beginning of a word: names whole, anything else in parts. At most sixteen. */
export function searchedWords(typed: string): string[] {
  const compounds = fold(typed.slice(0, MOST_TYPED)).match(COMPOUND) ?? [];
  const words = compounds.flatMap((compound) => (isName(compound) ? [compound] : partsOf(compound)));
  return [...new Set(words.map(cut))].slice(0, MOST_WORDS);
}
