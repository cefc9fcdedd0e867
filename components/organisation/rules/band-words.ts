const amount = (value: number) => value.toLocaleString("en-US");

/** What amounts a band covers, in words. */
export function bandWords(bands: readonly { up_to: number | null }[], index: number): string {
  const upTo = bands[index]?.up_to ?? null;
  const over = index > 0 ? (bands[index - 1]?.up_to ?? null) : null;
  if (upTo === null) return over === null ? "Any amount" : `Over ${amount(over)}, or unknown`;
  return over === null ? `Up to ${amount(upTo)}` : `Over ${amount(over)} up to ${amount(upTo)}`;
}
