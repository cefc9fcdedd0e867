import { StrictJsonReader, type StrictJsonRefusal } from "./strict-json-reader";

export type StrictJsonResult = { ok: true; value: unknown } | ({ ok: false } & StrictJsonRefusal);

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Reads a request body as strict I-JSON (RFC 7493 on RFC 8259), so that what is hashed is what was sent.
 * Never throws: an offence comes back with a stable code, its JSON Pointer (RFC 6901) and its byte offset.
 * Refused beyond malformed JSON: invalid UTF-8, a byte order mark, duplicate keys, numbers outside ±(2^53-1),
 * lone surrogates, NUL, `__proto__` keys (all also when escaped), more than `maxDepth` levels, `maxBytes`.
 */
export function parseStrictJson(
  bytes: Uint8Array,
  { maxBytes = 2 * 1024 * 1024, maxDepth = 32 }: { maxBytes?: number; maxDepth?: number } = {},
): StrictJsonResult {
  if (bytes.byteLength > maxBytes) {
    const message = `The document has ${bytes.byteLength} bytes; at most ${maxBytes} are accepted.`;
    return { ok: false, code: "too_large", path: "", message, offset: maxBytes };
  }
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    const offset = findInvalidUtf8(bytes);
    const message = `The document is not valid UTF-8 at byte ${offset}.`;
    return { ok: false, code: "invalid_utf8", path: "", message, offset };
  }
  const reader = new StrictJsonReader(text, maxDepth);
  try {
    return { ok: true, value: reader.readDocument() };
  } catch (error) {
    if (!reader.refusal) throw error;
    const offset = new TextEncoder().encode(text.slice(0, reader.refusal.offset)).byteLength;
    return { ok: false, ...reader.refusal, offset };
  }
}

/** First byte at which a lenient decoder put U+FFFD that the sender did not write. */
function findInvalidUtf8(bytes: Uint8Array): number {
  const lossy = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const encoder = new TextEncoder();
  let offset = 0;
  for (let from = 0, at = lossy.indexOf("\ufffd"); at >= 0; from = at, at = lossy.indexOf("\ufffd", at + 1)) {
    offset += encoder.encode(lossy.slice(from, at)).byteLength;
    if (bytes[offset] !== 0xef || bytes[offset + 1] !== 0xbf || bytes[offset + 2] !== 0xbd) return offset;
  }
  return offset;
}
