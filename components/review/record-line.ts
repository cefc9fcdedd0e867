import { formatLabel } from "@/components/ui/format-value";
import { addressKeys, addressLines } from "./address-lines";

/** What fits in a column of a table without being broken. */
export const SHORT_CHARACTERS = 24;

/** Any JSON value as one line of text; every leaf of it is there. */
export function recordLine(value: unknown): string {
  if (value === undefined || value === null) return "—";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(recordLine).join(", ");
  if (!isRecord(value)) return String(value);
  const address = addressKeys(value);
  if (address.length > 0 && address.length === Object.keys(value).length) {
    return addressLines(value, address).join(", ");
  }
  const parts = Object.entries(value).map(([key, item]) => {
    const inner = recordLine(item);
    return `${formatLabel(key).toLowerCase()} ${isRecord(item) ? `(${inner})` : inner}`;
  });
  return parts.length === 0 ? "empty" : parts.join(" · ");
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
