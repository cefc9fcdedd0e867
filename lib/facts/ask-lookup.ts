import { readConfig } from "@/lib/config";
import { fetchGuarded } from "@/lib/outgoing/fetch-guarded";
import { type OutgoingCode, OutgoingError } from "@/lib/outgoing/outgoing-error";
import { readPointer } from "@/lib/policy/pointer";
import { parseStrictJson } from "@/lib/trust/parse-strict-json";
import type { LookupTarget } from "./lookup-target";

type Scalar = string | number | boolean;

/** What a lookup has at one pointer; or, for the approver, why that is no fact. */
export type LookedUp = { value: Scalar | Scalar[] } | { why: string };

const MAX_BYTES = 256 * 1024;
const MAX_TEXT = 2000;
const MAX_LIST = 100;

type Answer = { document: unknown } | { why: string };
const underWay = new Map<string, Promise<Answer>>();

/**
 * Asks a lookup once and reads its JSON at each of `pointers`. Never throws: whatever is wrong leaves facts unknown, and
 * says so without the address, which may hold secrets. Who asks the same while an answer is awaited shares it.
 */
export async function askLookup(
  target: LookupTarget,
  pointers: readonly string[],
): Promise<{ answers: Record<string, LookedUp> } | { why: string }> {
  const same = JSON.stringify(target);
  let asking = underWay.get(same);
  if (!asking) {
    asking = ask(target).finally(() => underWay.delete(same));
    underWay.set(same, asking);
  }
  const answer = await asking;
  if ("why" in answer) return answer;
  return {
    answers: Object.fromEntries(pointers.map((pointer) => [pointer, readFact(answer.document, pointer)])),
  };
}

async function ask({ url, headers, timeoutMs }: LookupTarget): Promise<Answer> {
  try {
    const { status, body } = await fetchGuarded(url, {
      headers,
      timeoutMs,
      maxResponseBytes: MAX_BYTES,
      allowedHosts: readConfig().OUTGOING_ALLOWED_HOSTS,
    });
    if (status < 200 || status > 299) {
      return {
        why: `it answered ${status}${status >= 300 && status < 400 ? ", which is not followed" : ""}`,
      };
    }
    const parsed = parseStrictJson(Buffer.from(body));
    return parsed.ok ? { document: parsed.value } : { why: "it did not answer with usable JSON" };
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error;
    const seconds = timeoutMs / 1000;
    return { why: error.code === "timeout" ? `it did not answer within ${seconds} s` : FAILURES[error.code] };
  }
}

const FAILURES: Record<Exclude<OutgoingCode, "timeout">, string> = {
  invalid_url: "its address is no usable URL",
  invalid_request: "a header for it has a value that cannot be sent",
  blocked_address: "its address is not public and not in OUTGOING_ALLOWED_HOSTS",
  dns_failed: "its name cannot be resolved",
  connect_failed: "the connection to it failed",
  too_large: `it answered with more than ${MAX_BYTES / 1024} KB`,
  aborted: "the call was cancelled",
};

function readFact(document: unknown, pointer: string): LookedUp {
  const value = readPointer(document, pointer);
  if (value === undefined) return { why: `its answer has nothing at ${pointer}` };
  const isList = Array.isArray(value);
  const parts: unknown[] = isList ? value : [value];
  if (!parts.every(isScalar) || parts.length > MAX_LIST) {
    const found = value === null ? "null" : isList ? "a list that is no fact" : "an object";
    return { why: `its answer has ${found} at ${pointer}` };
  }
  if (parts.some((part) => String(part).length > MAX_TEXT)) {
    return { why: `its answer has more than ${MAX_TEXT} characters at ${pointer}` };
  }
  return { value: isList ? parts : parts[0]! };
}

const isScalar = (value: unknown): value is Scalar =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";
