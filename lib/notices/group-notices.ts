import type { ListedNotice } from "./list-notices";

/** Several unread notices that say the same, as one line. */
export interface NoticeGroup {
  /** The newest of them. */
  first: ListedNotice;
  notices: ListedNotice[];
  text: string;
  href: string;
}

/** So many of the same are still read one by one. */
const MOST_ALONE = 3;

/**
 * Brings more than three unread notices that say the same of different drafts together, where the newest of them was.
 * The rest stays as it is.
 */
export function groupNotices(notices: readonly ListedNotice[]): (ListedNotice | NoticeGroup)[] {
  const alike = new Map<string, ListedNotice[]>();
  for (const notice of notices) {
    if (notice.isRead || notice.draftId === null) continue;
    alike.set(keyOf(notice), [...(alike.get(keyOf(notice)) ?? []), notice]);
  }
  return notices.flatMap((notice): (ListedNotice | NoticeGroup)[] => {
    const group = notice.isRead || notice.draftId === null ? undefined : alike.get(keyOf(notice));
    if (!group || group.length <= MOST_ALONE) return [notice];
    return group[0] === notice ? [groupOf(notice, group)] : [];
  });
}

const keyOf = ({ kind, text, route }: ListedNotice): string => JSON.stringify([kind, text, queueOf(route)]);

const queueOf = (route: ListedNotice["route"]) => (route === "batch_review" ? "batch" : "named");

const groupOf = (first: ListedNotice, notices: ListedNotice[]): NoticeGroup => ({
  first,
  notices,
  text: sentence(first, notices.length),
  href: `/inbox?queue=${queueOf(first.route)}`,
});

function sentence({ kind, text }: ListedNotice, count: number): string {
  if (kind === "assigned" && text.endsWith("asks you to decide.")) {
    return `${count} drafts wait for you: ${text}`;
  }
  if (kind === "escalated" && text.startsWith("It has")) return `${count} drafts have${text.slice(6)}`;
  return `${count} drafts: ${text}`;
}
