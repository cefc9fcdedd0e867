import { expect, test } from "vitest";
import { curlLine } from "./curl-line";

test.each([
  [["drafts:write", "drafts:read"], "/api/v1/drafts?limit=5"],
  [["facts:write", "audit:read"], "-X PUT"],
  [["drafts:write"], "/api/v1/drafts/preview"],
  [["examples:read"], "/api/v1/examples?"],
  [["audit:read"], "/api/v1/audit/events"],
])("a key with %j is tried by something it may do", (scopes, part) => {
  const line = curlLine("https://approve.example.com", "csk_x", scopes);
  expect(line).toContain(part);
  expect(line).toContain('"Authorization: Bearer csk_x"');
});
