import { describe, expect, it } from "vitest";
import { type Choosable, chooseDiverse } from "./choose-diverse";

/** A unit vector at an angle: what is near the x axis is near what is asked. */
const at = (degrees: number): Float32Array =>
  Float32Array.from([Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]);
const item = (id: string, degrees: number, parts: Partial<Choosable> = {}): Choosable => ({
  id,
  outcome: "approved",
  relevance: Math.cos((degrees * Math.PI) / 180),
  vector: at(degrees),
  content: id,
  ...parts,
});
const ids = (items: Choosable[]) => items.map(({ id }) => id);

describe("a choice of examples", () => {
  it("is as many as asked for at most, the nearest first", () => {
    const items = [item("far", 60), item("near", 2), item("middle", 30)];
    expect(ids(chooseDiverse(items, 2))[0]).toBe("near");
    expect(chooseDiverse(items, 2)).toHaveLength(2);
    expect(chooseDiverse(items, 20)).toHaveLength(3);
    expect(chooseDiverse([], 5)).toEqual([]);
  });

  it("prefers one on the other side over a third copy of the nearest", () => {
    const items = [item("a", 5), item("b", 16), item("c", 17), item("other", -32)];
    expect(ids(chooseDiverse(items, 2))).toEqual(["a", "other"]);
  });

  it("has one of several copies, unless they came out differently", () => {
    const same = { content: "same" };
    const items = [
      item("a", 5, same),
      item("b", 40, same),
      item("c", 5.5),
      item("d", 5, { ...same, outcome: "rejected" }),
    ];
    expect(ids(chooseDiverse(items, 4)).sort()).toEqual(["a", "d"]);
  });

  it("has a refusal and an edit that are near enough, whatever is nearer", () => {
    const approved = Array.from({ length: 20 }, (_, n) => item(`a${n}`, (n - 10) * 3, {}));
    const items = [
      ...approved,
      item("no", 50, { outcome: "rejected" }),
      item("edit", -48, { outcome: "edited" }),
    ];
    expect(ids(chooseDiverse(items, 3))).toEqual(expect.arrayContaining(["no", "edit"]));
    expect(ids(chooseDiverse(items, 2))).toEqual(["a10", "no"]);
    expect(ids(chooseDiverse(items, 1))).toEqual(["a10"]);
  });

  it("leaves out a refusal that has nothing to do with it", () => {
    const items = [item("a", 0), item("b", 20), item("c", -20), item("no", 80, { outcome: "rejected" })];
    expect(ids(chooseDiverse(items, 3))).not.toContain("no");
  });

  it("works without vectors", () => {
    const items = ["a", "b", "c"].map((id, n) => item(id, 0, { vector: null, relevance: 1 - n / 3 }));
    expect(ids(chooseDiverse(items, 2))).toEqual(["a", "b"]);
  });
});
