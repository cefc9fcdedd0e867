const KEYS = [
  "name",
  "address1",
  "address2",
  "street",
  "line1",
  "line2",
  "city",
  "state",
  "zip",
  "postal_code",
  "country",
];
const TOWN = ["city", "state", "zip", "postal_code"];

/**
 * The keys of `value` that make up a postal address, in the order it is written; none when there is no street or
 * fewer than three of them.
 */
export function addressKeys(value: Record<string, unknown>): string[] {
  const keys = KEYS.filter((key) => isShortText(value[key]));
  return keys.length >= 3 && keys.some((key) => /^(address1|street|line1)$/.test(key)) ? keys : [];
}

/** An address as it is written: street lines each on their own, city, state and post code on one, the country last. */
export function addressLines(value: Record<string, unknown>, keys: string[]): string[] {
  const lines = keys
    .filter((key) => !TOWN.includes(key) && key !== "country")
    .map((key) => String(value[key]));
  const town = keys.filter((key) => TOWN.includes(key)).map((key) => String(value[key]));
  const country = keys.includes("country") ? [String(value.country)] : [];
  return [...lines, town.join(", "), ...country].filter((line) => line !== "");
}

const isShortText = (value: unknown) =>
  typeof value === "string" && value.length < 100 && !value.includes("\n");
