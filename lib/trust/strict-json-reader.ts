export type StrictJsonCode =
  | "invalid_json"
  | "invalid_utf8"
  | "duplicate_key"
  | "number_out_of_range"
  | "lone_surrogate"
  | "nul_character"
  | "forbidden_key"
  | "too_deep"
  | "too_large";

export type StrictJsonRefusal = { code: StrictJsonCode; path: string; message: string; offset: number };

/** A string without escapes: everything from the space upwards, save the quote and the backslash. */
const PLAIN_STRING = /"[ !#-[\]-\uffff]*"/y;
const LONE_SURROGATE = /\p{Surrogate}/u;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;

/**
 * A single pass over decoded text. `readDocument` returns the value, or throws after setting `refusal`
 * (its `offset` counts UTF-16 units). One instance reads one document.
 */
export class StrictJsonReader {
  refusal: StrictJsonRefusal | null = null;
  private at = 0;
  private depth = 0;
  /** Key or index now being read, per level: only turned into a pointer when something is refused. */
  private readonly trail: (string | number)[] = [];

  constructor(
    private readonly text: string,
    private readonly maxDepth: number,
  ) {}

  readDocument(): unknown {
    if (this.text.charCodeAt(0) === 0xfeff) {
      this.refuse("invalid_json", "A byte order mark is not allowed.", 0);
    }
    const value = this.readValue(this.skipSpace());
    this.skipSpace();
    if (this.at < this.text.length) this.refuse("invalid_json", "Nothing may follow the value.");
    return value;
  }

  private readValue(code: number): unknown {
    switch (code) {
      case QUOTE:
        return this.readString();
      case 123:
        return this.readObject();
      case 91:
        return this.readArray();
      case 116:
        return this.readWord("true", true);
      case 102:
        return this.readWord("false", false);
      case 110:
        return this.readWord("null", null);
      default:
        return this.readNumber();
    }
  }

  private readObject(): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    const level = this.enter();
    let code = this.skipSpace();
    if (code !== 125) {
      for (;;) {
        if (code !== QUOTE) this.refuse("invalid_json", "A key in double quotes is expected here.");
        const keyAt = this.at;
        const key = this.readString();
        this.trail[level] = key;
        if (key === "__proto__")
          this.refuse("forbidden_key", 'The key "__proto__" is not allowed.', keyAt, true);
        if (Object.hasOwn(object, key)) {
          this.refuse("duplicate_key", "This key stands twice in one object.", keyAt, true);
        }
        if (this.skipSpace() !== COLON) this.refuse("invalid_json", "A colon is expected after a key.");
        this.at++;
        this.depth = level + 1;
        object[key] = this.readValue(this.skipSpace());
        this.depth = level;
        code = this.skipSpace();
        if (code !== COMMA) break;
        this.at++;
        code = this.skipSpace();
      }
      if (code !== 125) this.refuse("invalid_json", "A comma or a closing brace is expected here.");
    }
    this.at++;
    return object;
  }

  private readArray(): unknown[] {
    const array: unknown[] = [];
    const level = this.enter();
    let code = this.skipSpace();
    if (code !== 93) {
      for (;;) {
        this.trail[level] = array.length;
        this.depth = level + 1;
        array.push(this.readValue(code));
        this.depth = level;
        code = this.skipSpace();
        if (code !== COMMA) break;
        this.at++;
        code = this.skipSpace();
      }
      if (code !== 93) this.refuse("invalid_json", "A comma or a closing bracket is expected here.");
    }
    this.at++;
    return array;
  }

  private readString(): string {
    const start = this.at;
    PLAIN_STRING.lastIndex = start;
    if (PLAIN_STRING.test(this.text)) {
      this.at = PLAIN_STRING.lastIndex;
      return this.text.slice(start + 1, this.at - 1);
    }
    return this.readEscapedString(start);
  }

  /** Only escapes can bring in NUL or a lone surrogate: the text itself was decoded from valid UTF-8. */
  private readEscapedString(start: number): string {
    const end = this.endOfString(start);
    let value = "";
    try {
      // The engine checks the escapes; a regular expression for them overflows on a megabyte of "\\n".
      value = JSON.parse(this.text.slice(start, end));
    } catch {
      this.refuse("invalid_json", "This string is not closed, or holds a control character or a bad escape.");
    }
    this.at = end;
    if (value.includes("\u0000")) this.refuse("nul_character", "The character NUL is not allowed.", start);
    if (LONE_SURROGATE.test(value)) {
      this.refuse("lone_surrogate", "Half of a surrogate pair is not a character.", start);
    }
    return value;
  }

  /** One past the first quote after `start` that an even number of backslashes precedes. */
  private endOfString(start: number): number {
    let end = this.text.indexOf('"', start + 1);
    while (end > 0) {
      let backslashes = 0;
      while (this.text.charCodeAt(end - 1 - backslashes) === 92) backslashes++;
      if (backslashes % 2 === 0) return end + 1;
      end = this.text.indexOf('"', end + 1);
    }
    return this.text.length;
  }

  private readNumber(): number {
    NUMBER.lastIndex = this.at;
    if (!NUMBER.test(this.text)) this.refuse("invalid_json", "A value is expected here.");
    const value = +this.text.slice(this.at, NUMBER.lastIndex);
    // From 2^53 on every double is an integer, so this covers fractions, exponents and overflow too.
    if (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER) {
      this.refuse("number_out_of_range", "Beyond ±(2^53-1) a number is not exact; send it as a string.");
    }
    this.at = NUMBER.lastIndex;
    return value;
  }

  private readWord<T>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) this.refuse("invalid_json", "A value is expected here.");
    this.at += word.length;
    return value;
  }

  private enter(): number {
    if (this.depth >= this.maxDepth)
      this.refuse("too_deep", `More than ${this.maxDepth} levels are not accepted.`);
    this.at++;
    return this.depth;
  }

  /** Moves to the next character that is not whitespace and returns its code (NaN at the end). */
  private skipSpace(): number {
    let code = this.text.charCodeAt(this.at);
    while (code === 32 || code === 10 || code === 13 || code === 9) code = this.text.charCodeAt(++this.at);
    return code;
  }

  private refuse(code: StrictJsonCode, message: string, offset = this.at, atMember = false): never {
    const depth = this.depth + (atMember ? 1 : 0);
    const path = this.trail
      .slice(0, depth)
      .map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`)
      .join("");
    this.refusal = { code, path, message, offset };
    throw new Error(message);
  }
}
