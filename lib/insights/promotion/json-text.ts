/** Where a value stands in a JSON text: from its first character to after its last. */
export interface Span {
  start: number;
  end: number;
}

/**
 * Finds the value at a path of keys and positions in a valid JSON text, so that it can be changed and everything else stays
 * as people wrote it. Null where there is none.
 */
export function findValue(text: string, path: readonly (string | number)[]): Span | null {
  let at = skipSpace(text, text.startsWith("\uFEFF") ? 1 : 0);
  for (const segment of path) {
    const found = findMember(text, at, segment);
    if (found === null) return null;
    at = found;
  }
  return { start: at, end: endOfValue(text, at) };
}

/** Where the member of that key or position begins, in the object or list that begins at `at`. */
function findMember(text: string, at: number, segment: string | number): number | null {
  const isObject = text[at] === "{";
  if (isObject !== (typeof segment === "string") || (!isObject && text[at] !== "[")) return null;
  let next = skipSpace(text, at + 1);
  for (let position = 0; text[next] !== "}" && text[next] !== "]"; position++) {
    let key: unknown = position;
    if (isObject) {
      const end = endOfString(text, next);
      key = JSON.parse(text.slice(next, end));
      next = skipSpace(text, skipSpace(text, end) + 1);
    }
    if (key === segment) return next;
    next = skipSpace(text, endOfValue(text, next));
    if (text[next] === ",") next = skipSpace(text, next + 1);
  }
  return null;
}

function skipSpace(text: string, at: number): number {
  while (at < text.length && " \t\r\n".includes(text[at]!)) at++;
  return at;
}

function endOfString(text: string, at: number): number {
  let end = at + 1;
  while (text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
  return end + 1;
}

function endOfValue(text: string, at: number): number {
  if (text[at] === '"') return endOfString(text, at);
  if (text[at] !== "{" && text[at] !== "[") {
    let end = at;
    while (end < text.length && !",]} \t\r\n".includes(text[end]!)) end++;
    return end;
  }
  let depth = 0;
  for (let end = at; ; end++) {
    const character = text[end];
    if (character === '"') end = endOfString(text, end) - 1;
    else if (character === "{" || character === "[") depth++;
    else if ((character === "}" || character === "]") && --depth === 0) return end + 1;
  }
}

/** The text with the value at a path replaced. @throws Error where there is none. */
export function replaceValue(text: string, path: readonly (string | number)[], value: unknown): string {
  const span = findValue(text, path);
  if (!span) throw new Error(`There is nothing at ${path.join(".")}.`);
  return text.slice(0, span.start) + JSON.stringify(value) + text.slice(span.end);
}

/** How a list is written: what its entries stand behind, and whether each has a line or several. */
interface Style {
  newline: string;
  /** What stands before an entry on its line; null where entries share a line. */
  indent: string | null;
  unit: string;
  /** Whether an entry is written on one line. */
  isFlat: boolean;
  /** Whether a space follows an opening brace, as in { "a": 1 }. */
  isSpaced: boolean;
}

/**
 * The text with an entry put into the list at `path` before the one at `index`, or after the last, written as the entries
 * beside it are. @throws Error where there is no list, or an empty one.
 */
export function insertEntry(
  text: string,
  path: readonly (string | number)[],
  index: number,
  value: unknown,
): string {
  const before = findValue(text, [...path, index]);
  const beside = before ?? findValue(text, [...path, index - 1]);
  if (!beside) throw new Error(`There is no entry ${index} at ${path.join(".")}, nor one before it.`);
  const style = styleOf(text, beside);
  const written = write(value, style, style.indent ?? "");
  const joint = style.indent === null ? " " : style.newline + style.indent;
  return before
    ? `${text.slice(0, before.start)}${written},${joint}${text.slice(before.start)}`
    : `${text.slice(0, beside.end)},${joint}${written}${text.slice(beside.end)}`;
}

/** The text without the entry at `index` of the list at `path`. @throws Error where there is none. */
export function removeEntry(text: string, path: readonly (string | number)[], index: number): string {
  const entry = findValue(text, [...path, index]);
  if (!entry) throw new Error(`There is no entry ${index} at ${path.join(".")}.`);
  const next = findValue(text, [...path, index + 1]);
  if (next) return text.slice(0, entry.start) + text.slice(next.start);
  const former = index > 0 ? findValue(text, [...path, index - 1]) : null;
  return text.slice(0, former ? former.end : entry.start) + text.slice(entry.end);
}

function styleOf(text: string, { start, end }: Span): Style {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const lead = text.slice(lineStart, start);
  const indent = lineStart > 0 && /^[ \t]*$/.test(lead) ? lead : null;
  const entry = text.slice(start, end);
  return {
    newline,
    indent,
    unit: /\n([ \t]+)\S/.exec(text)?.[1] ?? "  ",
    isFlat: !entry.includes("\n"),
    isSpaced: /^\{\s/.test(entry) || !/^\{"/.test(entry),
  };
}

/** JSON as the surroundings have it: on one line, or with each member on its own. */
function write(value: unknown, style: Style, indent: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (style.isFlat) return flat(value, style.isSpaced);
  const lines = JSON.stringify(value, null, style.unit).split("\n");
  return lines.join(style.newline + indent);
}

function flat(value: unknown, isSpaced: boolean): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const gap = isSpaced ? " " : "";
  if (Array.isArray(value)) return `[${value.map((each) => flat(each, isSpaced)).join(`,${gap}`)}]`;
  const members = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .map(([key, each]) => `${JSON.stringify(key)}:${gap}${flat(each, isSpaced)}`);
  return members.length === 0 ? "{}" : `{${gap}${members.join(`,${gap}`)}${gap}}`;
}
