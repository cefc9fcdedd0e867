/** Cyrillic and Greek letters that look like Latin ones in common fonts (a subset of Unicode's confusables). */
const LOOK_ALIKE = /[аеорсухіјѕһԁԛԝӏкнтвмАВЕКМНОРСТУХІЈЅҺԌԚԜӀαορνιυκχγηΑΒΕΖΗΙΚΜΝΟΡΤΥΧϲϳ]/u;
const LATIN = /\p{Script=Latin}/u;
const WORD = /[\p{L}\p{M}]+/gu;

/**
 * Up to `max` different words, in order of appearance, that mix Latin letters with Cyrillic or Greek ones
 * that look like Latin: "раypal" is spelt so to be taken for something else. Linear in the text's length.
 */
export function mixedScriptWords(text: string, max: number): string[] {
  const found = new Set<string>();
  for (const [word] of text.matchAll(WORD)) {
    if (found.size >= max) break;
    if (LOOK_ALIKE.test(word) && LATIN.test(word)) found.add(word);
  }
  return [...found];
}
