import { CountersignError } from "@/lib/errors";
import type { LoadedPolicy } from "@/lib/policy-files/load-policies";
import { canonicalJson } from "@/lib/trust/canonical-json";
import { sha256Hex } from "@/lib/trust/sha256";
import { MAX_EVIDENCE_BYTES, MAX_PAYLOAD_BYTES, type Submission } from "./submission";

/** A submission's payload and evidence as they are hashed and stored. */
export interface CanonicalForms {
  payload: string;
  payloadHash: string;
  /** A JSON array of all pieces. */
  evidence: string;
  evidenceHashes: string[];
}

/** Canonical JSON of the two large parts of a submission, made once, and their hashes. */
export function canonicalForms(submission: Pick<Submission, "payload" | "evidence">): CanonicalForms {
  const payload = canonicalJson(submission.payload);
  const pieces = submission.evidence.map((piece) => canonicalJson(piece));
  return {
    payload,
    payloadHash: sha256Hex(payload),
    evidence: `[${pieces.join(",")}]`,
    evidenceHashes: pieces.map((piece) => sha256Hex(piece)),
  };
}

/**
 * Checks what only the action type can say of a submission, its sizes, and that its deadline is still to come.
 * @throws CountersignError `invalid_payload` with what is wrong where, `too_large`, `invalid_request`.
 */
export function checkSubmission(
  policy: LoadedPolicy,
  submission: Submission,
  { payload, evidence }: CanonicalForms,
  now: Date,
): void {
  if (submission.deadline && new Date(submission.deadline) <= now) {
    throw new CountersignError("invalid_request", "/deadline: has passed already", {
      fields: [{ path: "/deadline", message: "has passed already" }],
    });
  }
  const check = policy.validatePayload(submission.payload);
  if (!check.ok) {
    const fields = check.errors.map(({ path, message }) => ({ path: `/payload${path}`, message }));
    const first = fields[0];
    throw new CountersignError("invalid_payload", `${first?.path} ${first?.message}`, { fields });
  }
  requireSize("payload", payload, MAX_PAYLOAD_BYTES);
  requireSize("evidence", evidence, MAX_EVIDENCE_BYTES);
}

function requireSize(name: "payload" | "evidence", canonical: string, maxBytes: number): void {
  const bytes = Buffer.byteLength(canonical);
  if (bytes <= maxBytes) return;
  throw new CountersignError("too_large", `The ${name} is over ${maxBytes / 1024} KB.`, {
    fields: [{ path: `/${name}`, message: `${bytes} bytes as canonical JSON; at most ${maxBytes}` }],
  });
}
