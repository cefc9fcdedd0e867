import { expect, it } from "vitest";
import { embedDraft, toVectorParam } from "./embed";

it("names the embedder beside the vector", () => {
  const input = {
    actionType: "refund",
    subjectType: "customer",
    summary: "Refund",
    payload: {},
    evidence: [],
  };
  const { embedder, vector } = embedDraft(input);
  expect(embedder).toBe("builtin-hash-512-v1");
  expect(vector).toHaveLength(512);
});

it("writes a vector in pgvector's binary format", () => {
  expect(toVectorParam(new Float32Array([1, -2.5])).toString("hex")).toBe(
    "00020000" + "3f800000" + "c0200000",
  );
  expect(toVectorParam(new Float32Array(512))).toHaveLength(4 + 4 * 512);
});
