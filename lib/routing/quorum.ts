/** A verdict in favour of one exact payload. */
export interface Approval {
  /** In whose right it was given: the person themselves, or the one they stood in for. */
  principalId: string;
  payloadHash: string;
  edited: boolean;
}

/**
 * How many approvals of the payload with this hash are still missing; never below zero.
 * Counts distinct people: one who decides and their delegate are one between them. An edit makes a new payload, so former approvals do not count for it; the editor's own
 * counts only where a single approval is enough, because otherwise they would approve their own draft.
 */
export function approvalsMissing(
  required: number,
  payloadHash: string,
  approvals: readonly Approval[],
): number {
  const people = new Set(
    approvals
      .filter((approval) => approval.payloadHash === payloadHash && (required === 1 || !approval.edited))
      .map(({ principalId }) => principalId),
  );
  return Math.max(0, required - people.size);
}
