import { type CanonicalForms, canonicalForms } from "@/lib/drafts/check-submission";
import { MAX_EVIDENCE_BYTES, MAX_PAYLOAD_BYTES } from "@/lib/drafts/submission";
import { CountersignError, type FieldError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import type { LoadedPolicies, LoadedPolicy } from "@/lib/policy-files/load-policies";
import { canonicalJson } from "@/lib/trust/canonical-json";
import { sha256Hex } from "@/lib/trust/sha256";
import { type ImportRecord, recordSchema } from "./record";

/** A past decision that can come in. */
export interface CheckedRecord {
  record: ImportRecord;
  policy: LoadedPolicy;
  /** Of what was proposed; `decided` is what was approved after an edit, else the same. */
  forms: CanonicalForms;
  decided: { payload: string; payloadHash: string };
  /** What makes it the same decision again: its external_id, or all that it says. */
  key: string;
  contentHash: string;
  /** What the schema of today has against the payload that was decided; empty where it has nothing. */
  schemaErrors: FieldError[];
}

/** A line that cannot come in. `unknownType` where no policy covers its action type. */
export interface RefusedRecord {
  problems: FieldError[];
  unknownType?: string;
}

/**
 * Checks one line of an import. What it says of the past is believed; its form, its sizes and its times are not. A
 * payload that today's schema refuses comes in all the same: the schema may be younger than the decision.
 */
export function checkRecord(
  policies: LoadedPolicies,
  value: unknown,
  now: Date,
): CheckedRecord | RefusedRecord {
  let record: ImportRecord;
  try {
    record = parseInput(recordSchema, value);
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return { problems: (error.details.fields ?? []).map(plainly) };
  }
  const policy = policies.get(record.action_type);
  if (!policy) {
    const message = `no policy covers "${record.action_type}": assign it first`;
    return { problems: [{ path: "/action_type", message }], unknownType: record.action_type };
  }
  const forms = canonicalForms({
    payload: record.proposed_payload ?? record.payload,
    evidence: record.evidence,
  });
  const payload = record.proposed_payload ? canonicalJson(record.payload) : forms.payload;
  const decided = { payload, payloadHash: record.proposed_payload ? sha256Hex(payload) : forms.payloadHash };
  const problems = [...problemsOfTime(record, now), ...problemsOfContent(record, forms, decided)];
  if (problems.length > 0) return { problems };
  const check = policy.validatePayload(record.payload);
  const contentHash = sha256Hex(canonicalJson(value));
  return {
    record,
    policy,
    forms,
    decided,
    key: keyOf(record.external_id, contentHash),
    contentHash,
    schemaErrors: check.ok
      ? []
      : check.errors.map(({ path, message }) => ({ path: `/payload${path}`, message })),
  };
}

const plainly = ({ path, message }: FieldError): FieldError => ({
  path,
  message: message.endsWith("received undefined") ? "is missing" : message.replace(/^Invalid \w+: /, ""),
});

/** A space: no Idempotency-Key of a submission has one, so an agent's own keys are never taken for these. */
const keyOf = (externalId: string | undefined, contentHash: string): string =>
  externalId === undefined ? `import content ${contentHash}` : `import external_id ${sha256Hex(externalId)}`;

const EARLIEST = Date.UTC(1990, 0, 1);

function problemsOfTime({ decided_at, created_at }: ImportRecord, now: Date): FieldError[] {
  const decided = Date.parse(decided_at);
  if (decided > now.getTime()) return [{ path: "/decided_at", message: "lies in the future" }];
  const created = Date.parse(created_at ?? decided_at);
  if (created > decided) return [{ path: "/created_at", message: "is after decided_at" }];
  return created < EARLIEST ? [{ path: "/decided_at", message: "lies before 1990" }] : [];
}

function problemsOfContent(
  { proposed_payload }: ImportRecord,
  forms: CanonicalForms,
  decided: CheckedRecord["decided"],
): FieldError[] {
  if (proposed_payload && decided.payloadHash === forms.payloadHash) {
    return [{ path: "/proposed_payload", message: "is the same as payload: nothing was edited" }];
  }
  return [
    ...tooLarge("/payload", decided.payload, MAX_PAYLOAD_BYTES),
    ...(proposed_payload ? tooLarge("/proposed_payload", forms.payload, MAX_PAYLOAD_BYTES) : []),
    ...tooLarge("/evidence", forms.evidence, MAX_EVIDENCE_BYTES),
  ];
}

function tooLarge(path: string, canonical: string, most: number): FieldError[] {
  const bytes = Buffer.byteLength(canonical);
  return bytes <= most ? [] : [{ path, message: `${bytes} bytes as canonical JSON; at most ${most}` }];
}
