import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { SETTINGS } from "@/lib/config";

test(".env.example lists each setting there is, in the same order, and no other", () => {
  const text = readFileSync(new URL("../../.env.example", import.meta.url), "utf8");
  const listed = [...text.matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name);
  expect(listed).toEqual(SETTINGS);
});
