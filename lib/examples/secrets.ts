/** Stands where something was redacted. */
export const REDACTED = "[redacted]";

/** From this length on a value is found inside other texts too; shorter ones only as words of their own. */
const FOUND_INSIDE = 4;
/** Beyond this many values looking for each would take long: every text is redacted as a whole then. */
const MOST_VALUES = 1000;

/** Collects values that must not leave, and wipes them from texts. */
export class Secrets {
  private readonly values = new Set<string>();
  private patterns: RegExp[] | null = null;

  /** Takes every text and number inside a JSON value, and the keys that `declared` does not know. */
  addAll(value: unknown, declared: ReadonlySet<string>): void {
    const left = [value];
    while (left.length > 0) {
      const next = left.pop();
      if (typeof next === "string" || typeof next === "number") this.add(String(next));
      else if (Array.isArray(next)) left.push(...next);
      else if (typeof next === "object" && next !== null) {
        for (const [key, child] of Object.entries(next)) {
          if (!declared.has(key)) this.add(key);
          left.push(child);
        }
      }
    }
  }

  add(value: string): void {
    if (value.trim().length < 2) return;
    this.patterns = null;
    this.values.add(value);
    if (value.trim() !== value) this.values.add(value.trim());
  }

  /** The text with every value gone, in whatever case and spacing it stands there. */
  wipe(text: string): string {
    if (this.values.size > MOST_VALUES) return REDACTED;
    this.patterns ??= patternsOf(this.values);
    let wiped = text;
    for (const pattern of this.patterns) wiped = wiped.replace(pattern, REDACTED);
    return wiped;
  }

  /** Whether the text holds one of the values. */
  isIn(text: string): boolean {
    return this.wipe(text) !== text;
  }
}

/** One pattern for long values, the longest first, so that no part of one is left beside a shorter one; one for short. */
function patternsOf(values: ReadonlySet<string>): RegExp[] {
  const ordered = [...values].sort((one, other) => other.length - one.length);
  const long = ordered.filter((value) => value.length >= FOUND_INSIDE).map(quote);
  const short = ordered.filter((value) => value.length < FOUND_INSIDE).map(quote);
  return [
    ...(long.length > 0 ? [new RegExp(long.join("|"), "giu")] : []),
    ...(short.length > 0
      ? [new RegExp(`(?<![\\p{L}\\p{N}])(?:${short.join("|")})(?![\\p{L}\\p{N}])`, "gu")]
      : []),
  ];
}

const quote = (value: string): string =>
  value.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replaceAll(/\s+/g, "\\s+");
