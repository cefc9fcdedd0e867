import { parsePointer, readPointer } from "./pointer";

/** An http(s) URL with places for values of the payload; `pointers` stand between `texts`. */
export interface UrlTemplate {
  texts: string[];
  pointers: string[];
}

export const URL_TEMPLATE_FORM =
  'an http or https URL whose path or query may hold JSON pointers of the payload in braces, "https://shop.example.com/orders/{/order_id}"';

const MAX_VALUE_LENGTH = 500;
/** Scheme and authority without credentials, then a path or query without spaces, backslashes or a fragment. */
const SHAPE = /^https?:\/\/[^/?#\s\\@{}]+(?:[/?][^\s\\#]*)?$/;
const DOT_SEGMENT = /^(?:\.|%2e){1,2}$/i;

/** Reads a URL template; null when it is none. The payload never has a say in scheme, host or port. */
export function parseUrlTemplate(text: string): UrlTemplate | null {
  const pieces = text.split(/\{([^{}]*)\}/);
  const texts = pieces.filter((_, index) => index % 2 === 0);
  const pointers = pieces.filter((_, index) => index % 2 === 1);
  if (!SHAPE.test(text) || texts.some((piece) => /[{}]/.test(piece))) return null;
  if (pointers.some((pointer) => pointer === "" || parsePointer(pointer) === null)) return null;
  const probe = texts.join("x");
  return URL.canParse(probe) && !hasDotSegment(probe) ? { texts, pointers } : null;
}

/**
 * The URL for one payload, its values percent-encoded; or why there is none. A value that is no text or number, is empty
 * or too long, or would lead to another path ("..") makes no URL: it could name another record than the payload does.
 */
export function expandUrlTemplate(
  { texts, pointers }: UrlTemplate,
  payload: unknown,
): { url: string } | { why: string } {
  let url = texts[0]!;
  for (const [index, pointer] of pointers.entries()) {
    const value = readPointer(payload, pointer);
    const usable = typeof value === "string" || typeof value === "number";
    if (!usable || value === "") return { why: `the payload has no text or number at ${pointer}` };
    const text = String(value);
    if (text.length > MAX_VALUE_LENGTH || !text.isWellFormed()) {
      return { why: `what the payload has at ${pointer} cannot stand in a URL` };
    }
    url += encodeURIComponent(text) + texts[index + 1]!;
  }
  if (hasDotSegment(url)) return { why: "the payload would lead the URL to another path" };
  return { url };
}

const hasDotSegment = (url: string): boolean =>
  url
    .split("?")[0]!
    .split("/")
    .some((segment) => DOT_SEGMENT.test(segment));
