/** Money with its currency: "$1,234.50", "€20.00"; without a known currency just the number with two decimals. */
export function formatMoney(amount: number, currency: string | null): string {
  if (currency && /^[A-Z]{3}$/.test(currency)) {
    return new Intl.NumberFormat("en-US", { style: "currency", currency }).format(amount);
  }
  return new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(
    amount,
  );
}

/** A field's name for people: "payment_method_id" and "paymentMethodId" are "Payment method id". */
export function formatLabel(key: string): string {
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[_-]+/g, " ")
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A fact's value or threshold: like `formatPlain`, with numbers grouped so that 2,000 and 20,000 look different. */
export function formatFact(value: unknown): string {
  if (typeof value === "number") return value.toLocaleString("en-US", { maximumFractionDigits: 6 });
  return Array.isArray(value) ? value.map(formatFact).join(", ") : formatPlain(value);
}

/** Any JSON value in one line, for tables of differences: texts as they are, nothing as "—". */
export function formatPlain(value: unknown): string {
  if (value === undefined || value === null || value === "") return "—";
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value) && value.every((item) => typeof item !== "object" || item === null)) {
    return value.map(formatPlain).join(", ");
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
