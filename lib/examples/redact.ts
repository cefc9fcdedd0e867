import { diffPayloads, type FieldChange } from "@/lib/drafts/diff-payloads";
import { parsePointer, toPointer } from "@/lib/policy/pointer";
import { type Place, placeBelow, placeOf } from "@/lib/policy-files/schema-places";
import { maskContacts, maskIdentifiers } from "./redact-text";
import type { RedactionRules } from "./redaction-rules";
import { REDACTED, Secrets } from "./secrets";

/** What an example says, in full. */
export interface ToldByExample {
  summary: string;
  subject: { type: string; id: string };
  proposedPayload: unknown;
  finalPayload: unknown;
  reason: string | null;
}

/** What of it may leave. */
export interface RedactedExample {
  summary: string;
  subject: { type: string; id?: string };
  proposedPayload: unknown;
  finalPayload: unknown;
  /** What differs between the two, each value redacted as it is there. */
  changes: FieldChange[];
  reason: string | null;
}

type Path = readonly string[];
interface Redaction {
  rules: RedactionRules;
  secrets: Secrets;
}

/**
 * An example without what its action type's rules redact. A value that stands at a redacted path is gone from everything
 * else too, texts, other fields and keys, from four characters on also as a part of them. Contact details are masked in every
 * text, identifiers in summary and reason. Properties that the schema of today does not know are redacted as a whole: an
 * older policy may have had them, and no rule of today names them.
 */
export function redactExample(told: ToldByExample, rules: RedactionRules): RedactedExample {
  const redaction: Redaction = { rules, secrets: new Secrets() };
  for (const payload of [told.proposedPayload, told.finalPayload]) collect(redaction, payload, rules.paths);
  if (rules.subject) redaction.secrets.addAll(told.subject.id, rules.declared);
  const proposed = redactPayload(redaction, told.proposedPayload);
  const final = redactPayload(redaction, told.finalPayload);
  return {
    summary: redactProse(redaction, told.summary),
    subject: {
      type: told.subject.type,
      ...(rules.subject ? {} : { id: redactText(redaction, told.subject.id) }),
    },
    proposedPayload: proposed,
    finalPayload: final,
    changes: diffPayloads(told.proposedPayload, told.finalPayload).map(({ path, from, to }) => {
      const segments = parsePointer(path) ?? [];
      return {
        path: toPointer(segments.map((key) => redactKey(redaction, key))),
        from: from === undefined ? undefined : valueAt(proposed, segments),
        to: to === undefined ? undefined : valueAt(final, segments),
      };
    }),
    reason: told.reason === null ? null : redactProse(redaction, told.reason),
  };
}

/** The values that stand at redacted paths of a payload. */
export function secretsIn(payload: unknown, rules: RedactionRules): Secrets {
  const redaction: Redaction = { rules, secrets: new Secrets() };
  collect(redaction, payload, rules.paths);
  return redaction.secrets;
}

/** Of the paths that lead on from here by this key, what is left of each. */
const pathsBelow = (paths: readonly Path[], key: string): Path[] =>
  paths.filter(([first]) => first === key || first === "*").map((path) => path.slice(1));

const isEnd = (path: Path) => path.length === 0;

function collect({ rules, secrets }: Redaction, value: unknown, paths: readonly Path[]): void {
  if (paths.some(isEnd)) secrets.addAll(value, rules.declared);
  if (paths.length === 0 || paths.some(isEnd) || typeof value !== "object" || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    const below = pathsBelow(paths, key);
    const isAny = paths.some((path) => path.length === 1 && path[0] === "*");
    if (isAny && !Array.isArray(value) && !rules.declared.has(key)) secrets.add(key);
    collect({ rules, secrets }, child, below);
  }
}

function redactPayload(redaction: Redaction, payload: unknown): unknown {
  if (typeof payload !== "object" || payload === null || Array.isArray(payload))
    return redactValue(redaction, payload, redaction.rules.paths, []);
  const { declared, paths, schema } = redaction.rules;
  const place = schema ? placeOf([schema], schema) : [];
  return withKeys(redaction, payload, (key, child) =>
    declared.has(key) ? redactBelow(redaction, { key, child, paths, place }) : hide(child),
  );
}

/** What stands at a key or position; hidden as a whole where the schema of today refuses that there is anything. */
function redactBelow(
  redaction: Redaction,
  { key, child, paths, place }: { key: string; child: unknown; paths: readonly Path[]; place: Place },
): unknown {
  const { schema } = redaction.rules;
  const below = schema ? placeBelow(place, key, schema) : [];
  return below ? redactValue(redaction, child, pathsBelow(paths, key), below) : hide(child);
}

const hide = (value: unknown) => (value === null || value === undefined ? value : REDACTED);

function redactValue(redaction: Redaction, value: unknown, paths: readonly Path[], place: Place): unknown {
  if (paths.some(isEnd)) return hide(value);
  if (typeof value === "string") {
    const text = redactText(redaction, value);
    return redaction.rules.identifiers ? maskIdentifiers(text) : text;
  }
  if (typeof value === "number") return redactNumber(redaction, value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    return value.map((child, index) => redactBelow(redaction, { key: String(index), child, paths, place }));
  }
  return withKeys(redaction, value, (key, child) => redactBelow(redaction, { key, child, paths, place }));
}

/** From here on a number is a telephone number or an identifier that came without quotes. */
const LIKE_AN_IDENTIFIER = 1e9;

function redactNumber({ rules, secrets }: Redaction, value: number): unknown {
  if (secrets.isIn(String(value))) return REDACTED;
  return rules.identifiers && Math.abs(value) >= LIKE_AN_IDENTIFIER ? "[id]" : value;
}

/** Keys that are redacted to the same stay apart, so that none hides another's value. */
function withKeys(
  redaction: Redaction,
  value: object,
  redactChild: (key: string, child: unknown) => unknown,
): Record<string, unknown> {
  const taken = new Map<string, unknown>();
  for (const [key, child] of Object.entries(value)) {
    const name = redactKey(redaction, key);
    let free = name;
    for (let number = 2; taken.has(free); number++) free = `${name} ${number}`;
    taken.set(free, redactChild(key, child));
  }
  return Object.fromEntries(taken);
}

const redactText = ({ secrets }: Redaction, text: string): string => maskContacts(secrets.wipe(text));
const redactProse = (redaction: Redaction, text: string): string =>
  maskIdentifiers(redactText(redaction, text));
const redactKey = (redaction: Redaction, key: string): string =>
  redaction.rules.declared.has(key) ? key : redactText(redaction, key);

/** What the path leads to; where a redacted parent or key hides that, it is redacted. */
function valueAt(document: unknown, segments: Path): unknown {
  let value = document;
  for (const segment of segments) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, segment)) return REDACTED;
    value = (value as Record<string, unknown>)[segment];
  }
  return value;
}
