import { searchedWords } from "./words";

/**
 * What somebody typed as a text-search query, to be passed as a parameter and cast to `tsquery`: every word must begin a
 * term. Null when nothing typed is a word, which asks for nothing.
 */
export function tsqueryOf(typed: string): string | null {
  const words = searchedWords(typed).map((word) => `'${word.replaceAll(/['\\]/g, "$&$&")}':*`);
  return words.length === 0 ? null : words.join(" & ");
}
