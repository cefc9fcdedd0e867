const MOST_CHARACTERS = 60;

/** A JSON value in a few words, for a sentence. */
export function sayValue(value: unknown): string {
  if (value === null || value === undefined) return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return value.toLocaleString("en-US", { maximumFractionDigits: 6 });
  return shorten(typeof value === "string" ? value : JSON.stringify(value), MOST_CHARACTERS);
}

/** The first words of a text, in one line. */
export function shorten(text: string, most: number): string {
  // What comes after would be cut anyway; a text may be huge.
  const line = text
    .slice(0, most * 4)
    .replace(/\s+/g, " ")
    .trim();
  return line.length > most || text.length > most * 4 ? `${line.slice(0, most - 1).trimEnd()}…` : line;
}

/** An amount with its currency: "$1,234.50"; just the number where none is known. */
export function sayMoney(amount: number, currency: string | null): string {
  return currency && /^[A-Z]{3}$/.test(currency)
    ? amount.toLocaleString("en-US", { style: "currency", currency })
    : amount.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
