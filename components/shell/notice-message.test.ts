import { expect, it } from "vitest";
import type { ListedNotice } from "@/lib/notices/list-notices";
import { noticeMessage } from "./notice-message";

const notice = (id: string, text = "finance_oncall asks you to decide."): ListedNotice => ({
  id,
  kind: "assigned",
  text,
  draftId: `drf_${id}`,
  summary: "Refund 600 EUR to Eve Smith",
  route: "named_approver",
  holdId: null,
  createdAt: "2026-11-21T12:00:00.000Z",
  isRead: false,
});

it("says of one notice what the notice says, nothing of the draft, and leads to it", () => {
  expect(noticeMessage([notice("1")])).toEqual({
    text: "finance_oncall asks you to decide.",
    path: "/inbox/drf_1?queue=named",
  });
});

it("makes one of several", () => {
  expect(noticeMessage([notice("1"), notice("2", "It waits.")])?.text).toBe("2 new notices");
  expect(noticeMessage(["1", "2", "3", "4"].map((id) => notice(id)))).toEqual({
    text: "4 drafts wait for you: finance_oncall asks you to decide.",
    path: "/inbox?queue=named",
  });
  expect(noticeMessage([])).toBeNull();
});
