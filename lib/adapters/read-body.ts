import { CountersignError } from "@/lib/errors";
import { parseStrictJson } from "@/lib/trust/parse-strict-json";

/** Payload, evidence and everything else of one submission fit well within this. */
export const MAX_BODY_BYTES = 2 * 1024 * 1024;
/** What is over the limit is read and dropped up to here: a sender whose connection is cut never sees the refusal. */
const MAX_DROPPED_BYTES = 16 * 1024 * 1024;

/**
 * The request's body as strict I-JSON. An empty body is an empty object.
 * @throws CountersignError `unsupported_media_type`, `too_large`, `invalid_json` with the path of the offence.
 */
export async function readBody(request: Request): Promise<unknown> {
  const encoding = request.headers.get("content-encoding")?.trim().toLowerCase() ?? "identity";
  if (encoding !== "identity") {
    throw new CountersignError("unsupported_media_type", "Send the body as it is, without Content-Encoding.");
  }
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  const bytes = await readBytes(request);
  if (bytes.length === 0) return {};
  if (type !== "application/json") {
    throw new CountersignError("unsupported_media_type", "Send JSON: Content-Type: application/json");
  }
  const parsed = parseStrictJson(bytes, { maxBytes: MAX_BODY_BYTES });
  if (parsed.ok) return parsed.value;
  const { code, path, message } = parsed;
  throw new CountersignError(
    code === "too_large" ? "too_large" : "invalid_json",
    `${path || "The body"}: ${message}`,
    { fields: [{ path, message: `${code}: ${message}` }] },
  );
}

/** Keeps no more than the limit, whatever Content-Length claims. */
async function readBytes(request: Request): Promise<Uint8Array> {
  const tooLarge = () =>
    new CountersignError("too_large", `The body is over ${MAX_BODY_BYTES / 1024 / 1024} MB.`);
  const announced = Number(request.headers.get("content-length") ?? Number.NaN);
  if (announced > MAX_DROPPED_BYTES) throw tooLarge();
  // The server reads no more than was announced, and the whole in one go costs less than piece by piece.
  if (announced <= MAX_BODY_BYTES) return new Uint8Array(await request.arrayBuffer());
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > MAX_DROPPED_BYTES) break;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    }
  } catch {
    throw new CountersignError("invalid_request", "The body broke off before its end.");
  }
  if (size > MAX_BODY_BYTES) throw tooLarge();
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}
