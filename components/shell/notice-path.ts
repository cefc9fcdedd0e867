import type { ListedNotice } from "@/lib/notices/list-notices";

/** Where a notice leads: to its draft, or to what it is about. */
export function noticePath({
  draftId,
  kind,
  route,
}: Pick<ListedNotice, "draftId" | "kind" | "route">): string {
  if (draftId === null) return kind === "hold" ? "/organisation/holds" : "/inbox";
  return `/inbox/${encodeURIComponent(draftId)}${route === "named_approver" ? "?queue=named" : ""}`;
}
