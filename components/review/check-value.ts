import type { Schema } from "./drawing-hints";

/**
 * What is wrong with a value by the keywords of its own schema, as a sentence; null when nothing is. A first look while
 * somebody types: the server checks the whole payload by the whole schema.
 */
export function checkValue(value: unknown, schema: Schema): string | null {
  if (typeof value === "number") return checkNumber(value, schema);
  if (typeof value === "string") return checkText(value, schema);
  return Array.isArray(value) ? checkList(value, schema) : null;
}

function checkNumber(value: number, schema: Schema): string | null {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (isNumber(minimum) && value < minimum) return `Must be at least ${say(minimum)}.`;
  if (isNumber(exclusiveMinimum) && value <= exclusiveMinimum)
    return `Must be over ${say(exclusiveMinimum)}.`;
  if (isNumber(maximum) && value > maximum) return `Must be at most ${say(maximum)}.`;
  if (isNumber(exclusiveMaximum) && value >= exclusiveMaximum)
    return `Must be under ${say(exclusiveMaximum)}.`;
  if (isNumber(multipleOf) && !isMultiple(value, multipleOf))
    return `Must be a multiple of ${say(multipleOf)}.`;
  return null;
}

function checkText(value: string, schema: Schema): string | null {
  const { minLength, maxLength, pattern, format, examples } = schema;
  const { length } = Array.from(value);
  if (isNumber(minLength) && length < minLength) {
    return minLength === 1 ? "Needed." : `At least ${say(minLength)} characters.`;
  }
  if (isNumber(maxLength) && length > maxLength) return `${say(length - maxLength)} characters too long.`;
  if (format === "email" && !/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(value))
    return "Must be an e-mail address.";
  if (format === "date" && Number.isNaN(Date.parse(value))) return "Must be a date.";
  if (typeof pattern === "string" && !matches(value, pattern)) {
    const example = Array.isArray(examples) ? examples[0] : undefined;
    return typeof example === "string" ? `Must look like ${example}.` : `Must match ${pattern}.`;
  }
  return null;
}

function checkList(value: unknown[], schema: Schema): string | null {
  const { minItems, maxItems, uniqueItems } = schema;
  if (isNumber(minItems) && value.length < minItems) return `At least ${say(minItems)}.`;
  if (isNumber(maxItems) && value.length > maxItems) return `At most ${say(maxItems)}.`;
  if (uniqueItems === true && new Set(value.map((item) => JSON.stringify(item))).size < value.length) {
    return "Each only once.";
  }
  return null;
}

const isNumber = (value: unknown): value is number => typeof value === "number";
const say = (value: number) => value.toLocaleString("en-US", { maximumFractionDigits: 6 });
const isMultiple = (value: number, of: number) => Math.abs(value / of - Math.round(value / of)) < 1e-9;

function matches(value: string, pattern: string): boolean {
  try {
    return new RegExp(pattern, "u").test(value);
  } catch {
    // Not a pattern this browser knows: the server's word counts.
    return true;
  }
}
