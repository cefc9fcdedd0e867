import { expect, it } from "vitest";
import { type ScreenParts, screenHash } from "./screen-hash";

const parts: ScreenParts = {
  draftId: "01J000000000000000000000D1",
  version: 3,
  payloadHash: "aa",
  evidenceHashes: ["bb", "cc"],
  classificationId: "01J000000000000000000000C1",
  summaryHash: "dd",
  policyVersionId: "01J000000000000000000000P1",
};

it("is the same wherever it is computed", () => {
  expect(screenHash(parts)).toBe("4d438054080d08d4643a6e1526c4b292eb171fd06becc99ce82e83ea678311ab");
  expect(screenHash({ ...parts, extra: "ignored" } as ScreenParts)).toBe(screenHash(parts));
});

it.each<Partial<ScreenParts>>([
  { draftId: "01J000000000000000000000D2" },
  { version: 4 },
  { payloadHash: "ab" },
  { evidenceHashes: ["cc", "bb"] },
  { evidenceHashes: ["bb"] },
  { evidenceHashes: ["bbcc"] },
  { classificationId: "01J000000000000000000000C2" },
  { summaryHash: "de" },
  { policyVersionId: "01J000000000000000000000P2" },
])("moves when %o moves", (change) => {
  expect(screenHash({ ...parts, ...change })).not.toBe(screenHash(parts));
});
