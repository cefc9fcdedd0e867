import { groupNotices } from "@/lib/notices/group-notices";
import type { ListedNotice } from "@/lib/notices/list-notices";
import { noticePath } from "./notice-path";

/**
 * What a browser shows for notices that have come: their own words and nothing of the drafts, since others may see the
 * screen. Several become one.
 */
export function noticeMessage(fresh: readonly ListedNotice[]): { text: string; path: string } | null {
  const [first, ...others] = groupNotices(fresh);
  if (!first) return null;
  if (others.length > 0) return { text: `${fresh.length} new notices`, path: "/inbox?queue=named" };
  return "notices" in first
    ? { text: first.text, path: first.href }
    : { text: first.text, path: noticePath(first) };
}
