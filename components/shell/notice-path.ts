import type { ListedNotice } from "@/lib/notices/list-notices";

/** Where a notice leads: to its draft, or to what it is about. */
export function noticePath({
  draftId,
  kind,
  route,
  holdId,
}: Pick<ListedNotice, "draftId" | "kind" | "route" | "holdId">): string {
  if (holdId !== null) return `/organisation/holds/${encodeURIComponent(holdId)}`;
  if (draftId === null) return kind === "hold" ? "/organisation/holds" : "/inbox";
  return `/inbox/${encodeURIComponent(draftId)}${route === "named_approver" ? "?queue=named" : ""}`;
}
