import { describe, expect, it } from "vitest";
import { nowAndNext } from "./now-and-next";
import { scheduleSchema } from "./schedule";
import { layOut } from "./timeline";

const at = new Date("2026-03-04T12:00Z");
const rotation = { unit: "week", every: 1, handover: "09:00", weekday: 1 };
const make = (...layers: object[]) =>
  scheduleSchema.parse({
    time_zone: "UTC",
    layers: layers.map((layer, index) => ({
      name: `L${index}`,
      participants: ["ada", "ben"],
      rotation,
      starts_on: "2026-03-02",
      ...layer,
    })),
  });

describe("who is on call now and next", () => {
  it("names the next person and when they take over", () => {
    expect(nowAndNext(make({}), [], at)).toEqual({
      now: { personId: "ada", until: new Date("2026-03-09T09:00Z") },
      next: { personId: "ben", from: new Date("2026-03-09T09:00Z") },
    });
  });

  it("goes past turns that fall to the same person again", () => {
    const twice = make({ participants: ["ada", "ada", "ada", "ben"] });
    expect(nowAndNext(twice, [], at).now).toEqual({ personId: "ada", until: new Date("2026-03-23T09:00Z") });
  });

  it("knows one who is on call for good, nobody, and a gap ahead", () => {
    expect(nowAndNext(make({ participants: ["ada"] }), [], at)).toEqual({
      now: { personId: "ada", until: null },
      next: null,
    });
    const ending = make({ participants: ["ada"], ends_on: "2026-03-05" });
    const midnight = new Date("2026-03-06T00:00Z");
    expect(nowAndNext(ending, [], at).next).toEqual({ personId: null, from: midnight });
    expect(nowAndNext(ending, [], midnight)).toEqual({ now: null, next: null });
  });

  it("sees an override first", () => {
    const [starts_at, ends_at] = [new Date("2026-03-05T00:00Z"), new Date("2026-03-06T00:00Z")];
    const found = nowAndNext(make({}), [{ id: "o", person_id: "cleo", starts_at, ends_at }], at);
    expect(found.next).toEqual({ personId: "cleo", from: starts_at });
  });
});

describe("a schedule laid out", () => {
  it("has what decides, and each layer by itself from the topmost down", () => {
    const top = { participants: ["cleo"], restrictions: [{ weekdays: [3], from: "10:00", until: "14:00" }] };
    const until = new Date("2026-03-05T00:00Z");
    const { result, layers } = layOut(make({ participants: ["ada"] }, top), [], at, until);
    expect(result.map(({ personId, layer }) => [personId, layer])).toEqual([
      ["cleo", "L1"],
      ["ada", "L0"],
    ]);
    expect(layers.map(({ name }) => name)).toEqual(["L1", "L0"]);
    expect(layers[0]!.shifts.map(({ personId }) => personId)).toEqual(["cleo", null]);
    expect(layers[1]!.shifts.map(({ personId }) => personId)).toEqual(["ada"]);
  });
});
