import type { FieldChange } from "@/lib/drafts/diff-payloads";
import type { Outcome } from "@/lib/drafts/types";

/** A decided draft as a prompt may show it: redacted by the rules of its action type's policy. */
export interface FewShotExample {
  id: string;
  action_type: string;
  outcome: Outcome;
  /** Do this, or what not to do. */
  use: "imitate" | "avoid";
  summary: string;
  /** Without an id where the policy redacts it. */
  subject: { type: string; id?: string };
  proposed_payload: unknown;
  /** What was approved; null where nothing was. */
  final_payload: unknown;
  /** What a person changed before approving it. */
  changes: FieldChange[];
  reason: string | null;
  decided_at: string;
  /** Cosine similarity to what was asked for; null where nothing was. */
  similarity: number | null;
  imported: boolean;
  policy_version: string;
}

/** Whether drafts to come should do as this one did. */
export const purposeOf = (outcome: Outcome): FewShotExample["use"] =>
  outcome === "approved" || outcome === "edited" ? "imitate" : "avoid";
