const K1 = 1.2;
const B = 0.75;

/** Scores document `other` for document `asked` as its query, by Okapi BM25 over words. */
export function bm25(documents: string[]): (asked: number, other: number) => number {
  const words = documents.map((text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  const holders = new Map<string, number>();
  const counts = words.map((list) => {
    const count = new Map<string, number>();
    for (const word of list) count.set(word, (count.get(word) ?? 0) + 1);
    for (const word of count.keys()) holders.set(word, (holders.get(word) ?? 0) + 1);
    return count;
  });
  const mean = words.reduce((sum, list) => sum + list.length, 0) / words.length;
  return (asked, other) => {
    let score = 0;
    for (const word of counts[asked]!.keys()) {
      const count = counts[other]!.get(word);
      if (!count) continue;
      const held = holders.get(word)!;
      const rarity = Math.log(1 + (documents.length - held + 0.5) / (held + 0.5));
      const length = 1 - B + (B * words[other]!.length) / mean;
      score += (rarity * count * (K1 + 1)) / (count + K1 * length);
    }
    return score;
  };
}
