import { describe, expect, it } from "vitest";
import { viewPath } from "./view-path";

describe("the address of a saved view", () => {
  it("is a list's, with its filters", () => {
    expect(viewPath("/inbox?queue=named&type=refund")).toBe("/inbox?queue=named&type=refund");
    expect(viewPath("/history?q=a b#top")).toBe("/history?q=a%20b");
    expect(viewPath("/inbox")).toBe("/inbox");
  });

  it.each([
    "https://evil.example/inbox",
    "//evil.example/inbox",
    "/\\evil.example/inbox",
    "/inbox/../api/v1/drafts",
    "/inboxes",
    "/inbox/drf_1",
    "/sign-in",
    "inbox",
    "javascript:alert(1)",
    "",
    `/inbox?q=${"x".repeat(4000)}`,
  ])("is not %j", (path) => {
    expect(viewPath(path)).toBeNull();
  });
});
