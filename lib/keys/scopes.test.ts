import { expect, test } from "vitest";
import { parseScopes } from "./scopes";

test("an agent without a list may draft and read, and nothing else", () => {
  expect(parseScopes(undefined, "agent")).toEqual(["drafts:write", "drafts:read", "examples:read"]);
});

test("a list is taken as given, once each", () => {
  expect(parseScopes(" audit:read,drafts:read,audit:read ", "agent")).toEqual(["audit:read", "drafts:read"]);
  expect(parseScopes("facts:write", "integration")).toEqual(["facts:write"]);
});

test("an agent never gets to write facts, whatever else it asks for", () => {
  expect(() => parseScopes("drafts:write,facts:write", "agent")).toThrow(/never has facts:write/);
});

test("an integration has no drafts", () => {
  expect(() => parseScopes("drafts:write", "integration")).toThrow(/belong to an agent/);
});

test.each(["", "drafts:decide", "toString"])("%j is no scope, and the list is shown", (list) => {
  expect(() => parseScopes(list, "agent")).toThrow(/The scopes are:\n {2}drafts:write/);
  expect(() => parseScopes(undefined, "integration")).toThrow(/at least one scope/);
});
