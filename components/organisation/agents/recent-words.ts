import { MOST_COUNTED, RECENT_DAYS, type RecentDrafts } from "@/lib/agents/recent-drafts-shape";

/** What became of an agent's latest drafts, in one line. */
export function recentWords({
  submitted,
  through,
  rejected,
  waiting,
  failed,
  blocked,
}: RecentDrafts): string {
  if (submitted === 0) return `no draft in ${RECENT_DAYS} days`;
  const parts = [
    through > 0 && `${through} went through`,
    rejected > 0 && `${rejected} rejected`,
    waiting > 0 && `${waiting} waiting`,
    failed > 0 && `${failed} failed`,
    blocked > 0 && `${blocked} blocked`,
  ].filter(Boolean);
  const count = submitted >= MOST_COUNTED ? `last ${MOST_COUNTED}` : String(submitted);
  return parts.length > 0 ? `${count}: ${parts.join(", ")}` : count;
}
