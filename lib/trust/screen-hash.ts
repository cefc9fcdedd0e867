import { payloadHash } from "./sha256";

/** Everything an approver has before them; hashes are lower-case hex SHA-256. */
export type ScreenParts = {
  draftId: string;
  version: number;
  payloadHash: string;
  /** In the order shown. */
  evidenceHashes: string[];
  classificationId: string;
  summaryHash: string;
  policyVersionId: string;
};

/**
 * The hash a decision names to say "this is what I saw". If any part has moved since, it differs.
 * The type tag keeps it from ever equalling the hash of some payload.
 */
export function screenHash(parts: ScreenParts): string {
  return payloadHash({
    type: "countersign/screen/v1",
    draftId: parts.draftId,
    version: parts.version,
    payloadHash: parts.payloadHash,
    evidenceHashes: parts.evidenceHashes,
    classificationId: parts.classificationId,
    summaryHash: parts.summaryHash,
    policyVersionId: parts.policyVersionId,
  });
}
