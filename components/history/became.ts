import type { HistoryItem } from "@/lib/drafts/list-history";

export type Became =
  | "approved"
  | "edited"
  | "rejected"
  | "changes_requested"
  | "automatic"
  | "upheld"
  | "overturned"
  | "expired"
  | "withdrawn"
  | "blocked"
  | "failed";

/** What became of a decided draft, in one word. */
export function becameOf({ status, automatic, edited, decision }: HistoryItem): Became {
  if (decision?.verdict === "overturn") return "overturned";
  switch (status) {
    case "rejected":
    case "changes_requested":
    case "expired":
    case "withdrawn":
    case "blocked":
    case "failed":
      return status;
    default:
      if (decision?.verdict === "uphold") return "upheld";
      if (automatic) return "automatic";
      return edited ? "edited" : "approved";
  }
}

/** Who decided: a person by name, or what else did. */
export function deciderOf(item: HistoryItem): { person: string } | { other: string } {
  if (item.status === "expired") return { other: "Nobody: time ran out" };
  if (item.status === "withdrawn") return { other: "Its agent" };
  if (item.status === "blocked" || !item.decision) return { other: "Policy" };
  return { person: item.decision.person };
}
