import { describe, expect, it } from "vitest";
import { safePath } from "./safe-path";

describe("where sign-in may send people afterwards", () => {
  it("keeps paths of this site with their query", () => {
    expect(safePath("/inbox/drf_1?queue=named")).toBe("/inbox/drf_1?queue=named");
  });

  it.each([
    "https://evil.example/inbox",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "/.//evil.example",
    "javascript:alert(1)",
    "",
    null,
    "/sign-in?to=/sign-in",
    "/api/auth/signout",
  ])("falls back to the inbox for %j", (wanted) => {
    expect(safePath(wanted)).toBe("/inbox");
  });
});
