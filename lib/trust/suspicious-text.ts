/** A stretch of text: `plain` is shown as it stands, `hidden` by its `name`, since it would not be seen. */
export type Segment = { text: string; kind: "plain" | "hidden"; name?: string };

const NAMES: Record<number, string> = {
  0: "NULL",
  7: "BELL",
  8: "BACKSPACE",
  11: "VERTICAL TAB",
  12: "FORM FEED",
  13: "CARRIAGE RETURN",
  27: "ESCAPE",
  127: "DELETE",
  133: "NEXT LINE",
  173: "SOFT HYPHEN",
  847: "COMBINING GRAPHEME JOINER",
  1564: "ARABIC LETTER MARK",
  4447: "HANGUL CHOSEONG FILLER",
  4448: "HANGUL JUNGSEONG FILLER",
  6158: "MONGOLIAN VOWEL SEPARATOR",
  8203: "ZERO WIDTH SPACE",
  8204: "ZERO WIDTH NON-JOINER",
  8205: "ZERO WIDTH JOINER",
  8206: "LEFT-TO-RIGHT MARK",
  8207: "RIGHT-TO-LEFT MARK",
  8232: "LINE SEPARATOR",
  8233: "PARAGRAPH SEPARATOR",
  8234: "LEFT-TO-RIGHT EMBEDDING",
  8235: "RIGHT-TO-LEFT EMBEDDING",
  8236: "POP DIRECTIONAL FORMATTING",
  8237: "LEFT-TO-RIGHT OVERRIDE",
  8238: "RIGHT-TO-LEFT OVERRIDE",
  8288: "WORD JOINER",
  8289: "FUNCTION APPLICATION",
  8290: "INVISIBLE TIMES",
  8291: "INVISIBLE SEPARATOR",
  8292: "INVISIBLE PLUS",
  8294: "LEFT-TO-RIGHT ISOLATE",
  8295: "RIGHT-TO-LEFT ISOLATE",
  8296: "FIRST STRONG ISOLATE",
  8297: "POP DIRECTIONAL ISOLATE",
  10240: "BRAILLE PATTERN BLANK",
  12644: "HANGUL FILLER",
  65279: "ZERO WIDTH NO-BREAK SPACE",
  65440: "HALFWIDTH HANGUL FILLER",
};

/** Controls, default-ignorable, private-use and unassigned-by-design characters, and the separators that break lines. */
const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800]/gu;
const EMOJI = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f|[0-9#*]/u;
/** Scripts whose spelling needs the zero-width joiner and non-joiner between letters. */
const JOINING =
  /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gujarati}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Oriya}\p{Script=Sinhala}\p{Script=Tamil}\p{Script=Telugu}]/u;
const TAG_FIRST = 0xe0000;
const TAG_LAST = 0xe007f;

/**
 * Splits hostile text so that a screen can show what is invisible in it: bidi controls, zero-width and tag
 * characters, other controls, private use. Joining all `text` gives the input back. Linear in its length.
 * Joiners and variation selectors stay plain where an emoji or a script's spelling needs exactly that one.
 */
export function revealHidden(text: string): Segment[] {
  const segments: Segment[] = [];
  let plainFrom = 0;
  let last: Segment | null = null;
  let lastEnd = -1;
  let lastCode = -1;
  let count = 0;
  for (const match of text.matchAll(HIDDEN)) {
    const at = match.index;
    const code = match[0].codePointAt(0) as number;
    if (isOrdinary(text, at, code)) continue;
    if (last && at === lastEnd && (code === lastCode || (isTag(code) && isTag(lastCode)))) {
      count++;
    } else {
      if (last) finish(last, text.slice(plainFrom, lastEnd), count);
      if (last) plainFrom = lastEnd;
      if (at > plainFrom) segments.push({ text: text.slice(plainFrom, at), kind: "plain" });
      plainFrom = at;
      last = { text: "", kind: "hidden" };
      segments.push(last);
      count = 1;
    }
    lastEnd = at + match[0].length;
    lastCode = code;
  }
  if (last) {
    finish(last, text.slice(plainFrom, lastEnd), count);
    plainFrom = lastEnd;
  }
  if (plainFrom < text.length) segments.push({ text: text.slice(plainFrom), kind: "plain" });
  return segments;
}

function finish(segment: Segment, text: string, count: number): void {
  const code = text.codePointAt(0) as number;
  segment.text = text;
  if (isTag(code)) {
    const letters = Array.from(text, (tag) =>
      String.fromCharCode((tag.codePointAt(0) as number) - TAG_FIRST),
    );
    const written = letters.join("").replace(/[^ -~]/g, "");
    segment.name = `TAG CHARACTERS spelling “${written}”`;
    return;
  }
  const hex = code.toString(16).toUpperCase().padStart(4, "0");
  segment.name = `${nameOf(code)} (U+${hex})${count > 1 ? ` × ${count}` : ""}`;
}

function nameOf(code: number): string {
  if (NAMES[code]) return NAMES[code];
  if (code < 160) return "CONTROL CHARACTER";
  if (isVariationSelector(code)) return "VARIATION SELECTOR";
  if (code >= 0xd800 && code <= 0xdfff) return "LONE SURROGATE";
  if ((code >= 0xe000 && code <= 0xf8ff) || code >= 0xf0000) return "PRIVATE USE CHARACTER";
  return "INVISIBLE CHARACTER";
}

function isOrdinary(text: string, at: number, code: number): boolean {
  if (code === 10 || code === 9) return true;
  if (code === 13) return text.charCodeAt(at + 1) === 10;
  if (code === 0x200d || code === 0x200c) {
    const before = characterBefore(text, at);
    const after = characterAt(text, at + 1);
    if (JOINING.test(before) && JOINING.test(after)) return true;
    return code === 0x200d && EMOJI.test(before) && /\p{Extended_Pictographic}/u.test(after);
  }
  if (code === 0xfe0e || code === 0xfe0f)
    return EMOJI.test(characterBefore(text, at)) && text[at - 1] !== "\ufe0f";
  if (code >= 0xe0100 && code <= 0xe01ef) return /\p{Script=Han}/u.test(characterBefore(text, at));
  return false;
}

function characterAt(text: string, at: number): string {
  return at < text.length ? String.fromCodePoint(text.codePointAt(at) as number) : "";
}

function characterBefore(text: string, at: number): string {
  if (at < 1) return "";
  const low = (text.charCodeAt(at - 1) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 2) & 0xfc00) === 0xd800;
  return text.slice(at - (low ? 2 : 1), at);
}

function isTag(code: number): boolean {
  return code >= TAG_FIRST && code <= TAG_LAST;
}

function isVariationSelector(code: number): boolean {
  return (
    (code >= 0xfe00 && code <= 0xfe0f) ||
    (code >= 0xe0100 && code <= 0xe01ef) ||
    (code >= 0x180b && code <= 0x180f)
  );
}
