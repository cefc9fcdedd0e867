import type { ListedNotice } from "@/lib/notices/list-notices";

/** The pages of what is about no draft. */
const PAGES: Partial<Record<ListedNotice["kind"], string>> = {
  hold: "/organisation/holds",
  lease: "/insights/promotions",
  promotion: "/insights/promotions",
};

/** Where a notice leads: to its draft, or to what it is about. */
export function noticePath({
  draftId,
  kind,
  route,
  holdId,
}: Pick<ListedNotice, "draftId" | "kind" | "route" | "holdId">): string {
  if (holdId !== null) return `/organisation/holds/${encodeURIComponent(holdId)}`;
  if (draftId === null) return PAGES[kind] ?? "/inbox";
  return `/inbox/${encodeURIComponent(draftId)}${route === "named_approver" ? "?queue=named" : ""}`;
}
