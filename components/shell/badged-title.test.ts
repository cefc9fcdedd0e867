import { expect, it } from "vitest";
import { badgedTitle } from "./badged-title";

it("puts how much waits before a title, in place of what stood there", () => {
  expect(badgedTitle("Inbox · Countersign", 12, 99)).toBe("(12) Inbox · Countersign");
  expect(badgedTitle("(12) Inbox · Countersign", 3, 99)).toBe("(3) Inbox · Countersign");
  expect(badgedTitle("(99+) History · Countersign", 0, 99)).toBe("History · Countersign");
});

it("counts no further than the server does", () => {
  expect(badgedTitle("(3) Inbox", 99, 99)).toBe("(99) Inbox");
  expect(badgedTitle("(3) Inbox", 100, 99)).toBe("(99+) Inbox");
});

it("leaves brackets of a title's own alone", () => {
  expect(badgedTitle("(draft) Refund", 2, 99)).toBe("(2) (draft) Refund");
});
