import { expect, test } from "vitest";
import { parseKeyCommand } from "./key-command";

test("create is for one agent or one integration", () => {
  expect(
    parseKeyCommand(["create", "--agent", "Shop bot", "--expires", "90d", "--by", "me@example.com"]),
  ).toEqual({
    verb: "create",
    holder: { kind: "agent", name: "Shop bot" },
    expiresAfterMs: 90 * 86_400_000,
    creatorEmail: "me@example.com",
  });
  expect(parseKeyCommand(["create", "--integration", "erp", "--scopes", "facts:write"])).toMatchObject({
    holder: { kind: "integration", name: "erp" },
    scopes: "facts:write",
  });
  expect(() => parseKeyCommand(["create"])).toThrow(/either --agent NAME or --integration NAME/);
  expect(() => parseKeyCommand(["create", "--agent", "a", "--integration", "b"])).toThrow(/either --agent/);
});

test("what the holder cannot have is refused before the database is asked", () => {
  expect(() => parseKeyCommand(["create", "--agent", "a", "--scopes", "facts:write"])).toThrow(
    /never has facts:write/,
  );
  expect(() => parseKeyCommand(["create", "--integration", "a"])).toThrow(/at least one scope/);
});

test.each([
  [[], /Say what to do/],
  [["make"], /no command "make"/],
  [["create", "--agent"], /argument missing|ambiguous/],
  [["create", "--agent", "a", "b"], /What is "b"/],
  [["create", "--agnet", "a"], /Unknown option/],
  [["list", "--by", "x"], /takes no --by/],
  [["rotate"], /Which one/],
  [["revoke", "csk_1", "--agent", "a"], /takes no --agent/],
])("%j is answered with the usage", (argv, message) => {
  expect(() => parseKeyCommand(argv)).toThrow(message);
  expect(() => parseKeyCommand(argv)).toThrow(/npm run -s keys/);
});

test("rotate and revoke take an id or a prefix", () => {
  expect(parseKeyCommand(["rotate", "csk_12345678", "--by", "me@example.com"])).toEqual({
    verb: "rotate",
    idOrPrefix: "csk_12345678",
    rotatorEmail: "me@example.com",
  });
  expect(parseKeyCommand(["revoke", "key_1"])).toEqual({ verb: "revoke", idOrPrefix: "key_1" });
});
