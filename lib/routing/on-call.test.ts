import { describe, expect, it } from "vitest";
import { onCallAt, shiftsBetween } from "./on-call";
import { type Override, type Schedule, scheduleSchema } from "./schedule";

const daily = { unit: "day", every: 1, handover: "09:00" };
const weekly = { unit: "week", every: 1, handover: "09:00", weekday: 1 };
const base = { name: "Base", participants: ["ada", "ben"], rotation: daily, starts_on: "2026-03-01" };

const make = (time_zone: string, ...layers: object[]): Schedule =>
  scheduleSchema.parse({ time_zone, layers: layers.map((layer) => ({ ...base, ...layer })) });

const spellInstant = (instant: Date) => instant.toISOString().slice(5, 16).replace("T", " ");

/** Who is on call over some time, as lines such as "ada 03-01 09:00 – 03-02 09:00" in UTC. */
const spell = (schedule: Schedule, from: string, until: string, overrides: Override[] = []) =>
  shiftsBetween(schedule, overrides, new Date(from), new Date(until)).map(
    ({ personId, start, end }) => `${personId} ${spellInstant(start)} – ${spellInstant(end)}`,
  );

const at = (schedule: Schedule, instant: string, overrides: Override[] = []) =>
  onCallAt(schedule, overrides, new Date(instant));

const override = (id: string, person_id: string, starts: string, ends: string): Override => ({
  id,
  person_id,
  starts_at: new Date(starts),
  ends_at: new Date(ends),
});

describe("rotations", () => {
  it("take turns in order from the first hand-over, before which there is nobody", () => {
    const schedule = make("UTC", { participants: ["ada", "ben", "ada"] });
    expect(spell(schedule, "2026-03-01T00:00Z", "2026-03-05T09:00Z")).toEqual([
      "null 03-01 00:00 – 03-01 09:00",
      "ada 03-01 09:00 – 03-02 09:00",
      "ben 03-02 09:00 – 03-03 09:00",
      "ada 03-03 09:00 – 03-05 09:00",
    ]);
    expect(at(schedule, "2026-03-01T08:59:59.999Z")).toBeNull();
    expect(at(schedule, "2026-03-01T09:00:00Z")?.personId).toBe("ada");
  });

  it("begin a weekly turn on its weekday, on or after the start", () => {
    const schedule = make("UTC", { rotation: { ...weekly, every: 2 }, starts_on: "2026-03-03" });
    expect(spell(schedule, "2026-03-03T00:00Z", "2026-04-06T09:00Z")).toEqual([
      "null 03-03 00:00 – 03-09 09:00",
      "ada 03-09 09:00 – 03-23 09:00",
      "ben 03-23 09:00 – 04-06 09:00",
    ]);
  });

  it("end with the last day of the layer, on its own clock", () => {
    const schedule = make("America/New_York", { ends_on: "2026-03-02" });
    expect(spell(schedule, "2026-03-01T14:00Z", "2026-03-10T00:00Z")).toEqual([
      "ada 03-01 14:00 – 03-02 14:00",
      "ben 03-02 14:00 – 03-03 05:00",
      "null 03-03 05:00 – 03-10 00:00",
    ]);
  });

  it("hand over at the same wall-clock time on both sides of a daylight-saving change", () => {
    expect(spell(make("Europe/Berlin", {}), "2026-03-28T08:00Z", "2026-03-30T07:00Z")).toEqual([
      "ben 03-28 08:00 – 03-29 07:00",
      "ada 03-29 07:00 – 03-30 07:00",
    ]);
    expect(spell(make("Europe/Berlin", {}), "2026-10-24T07:00Z", "2026-10-25T08:00Z")).toEqual([
      "ben 10-24 07:00 – 10-25 08:00",
    ]);
  });

  it("hand over as long after the change as the skipped time lay in the gap, and at the first of two", () => {
    const schedule = make("Europe/Berlin", { rotation: { ...daily, handover: "02:30" } });
    expect(spell(schedule, "2026-03-29T00:00Z", "2026-03-29T04:00Z")).toEqual([
      "ben 03-29 00:00 – 03-29 01:30",
      "ada 03-29 01:30 – 03-29 04:00",
    ]);
    expect(spell(schedule, "2026-10-25T00:00Z", "2026-10-25T03:00Z")).toEqual([
      "ben 10-25 00:00 – 10-25 00:30",
      "ada 10-25 00:30 – 10-25 03:00",
    ]);
  });

  it("shift by half an hour where daylight saving does", () => {
    const schedule = make("Australia/Lord_Howe", { rotation: { ...daily, handover: "02:00" } });
    expect(spell(schedule, "2026-10-02T15:30Z", "2026-10-04T15:00Z")).toEqual([
      "ada 10-02 15:30 – 10-03 15:30",
      "ben 10-03 15:30 – 10-04 15:00",
    ]);
  });

  it("leave nobody with a turn on a day that a zone skips", () => {
    const schedule = make("Pacific/Apia", { participants: ["ada", "ben", "cat"], starts_on: "2011-12-28" });
    expect(spell(schedule, "2011-12-29T19:00Z", "2012-01-01T19:00Z")).toEqual([
      "ben 12-29 19:00 – 12-30 19:00",
      "ada 12-30 19:00 – 12-31 19:00",
      "ben 12-31 19:00 – 01-01 19:00",
    ]);
  });

  it("count hours as they pass, whatever the clocks do", () => {
    const schedule = make("Europe/Berlin", { rotation: { ...daily, unit: "hour", every: 12 } });
    expect(spell(schedule, "2026-03-28T20:00Z", "2026-03-29T20:00Z")).toEqual([
      "ben 03-28 20:00 – 03-29 08:00",
      "ada 03-29 08:00 – 03-29 20:00",
    ]);
  });
});

describe("restrictions", () => {
  it("limit a layer to their windows, across midnight by the weekday they begin on", () => {
    const night = { weekdays: [5], from: "22:00", until: "06:00" };
    const schedule = make("UTC", { participants: ["ada"], restrictions: [night] });
    expect(spell(schedule, "2026-03-06T00:00Z", "2026-03-08T00:00Z")).toEqual([
      "null 03-06 00:00 – 03-06 22:00",
      "ada 03-06 22:00 – 03-07 06:00",
      "null 03-07 06:00 – 03-08 00:00",
    ]);
  });

  it("go on into a turn from a window that began two days before by UTC", () => {
    const long = { weekdays: [5], from: "23:00", until: "22:00" };
    const rotation = { ...daily, handover: "20:00" };
    expect(
      spell(
        make("America/New_York", { rotation, restrictions: [long] }),
        "2026-03-07T01:00Z",
        "2026-03-08T12:00Z",
      ),
    ).toEqual([
      "null 03-07 01:00 – 03-07 04:00",
      "ben 03-07 04:00 – 03-08 01:00",
      "ada 03-08 01:00 – 03-08 03:00",
      "null 03-08 03:00 – 03-08 12:00",
    ]);
  });

  it("last through a day that a zone skips", () => {
    const over = { weekdays: [4], from: "23:59", until: "23:58" };
    const schedule = make("Pacific/Apia", {
      participants: ["ada", "ben", "cat"],
      rotation: { ...daily, handover: "23:00" },
      starts_on: "2011-12-25",
      restrictions: [over],
    });
    expect(spell(schedule, "2011-12-30T09:00Z", "2012-01-02T00:00Z")).toEqual([
      "null 12-30 09:00 – 12-30 09:59",
      "ben 12-30 09:59 – 12-31 09:00",
      "ada 12-31 09:00 – 12-31 09:58",
      "null 12-31 09:58 – 01-02 00:00",
    ]);
  });

  it("that cover the whole week restrict nothing", () => {
    const always = { weekdays: [1, 2, 3, 4, 5, 6, 7], from: "00:00", until: "24:00" };
    const free = make("Europe/Berlin", {});
    const restricted = make("Europe/Berlin", { restrictions: [always] });
    expect(spell(restricted, "2026-01-01T00:00Z", "2027-01-01T00:00Z")).toEqual(
      spell(free, "2026-01-01T00:00Z", "2027-01-01T00:00Z"),
    );
    expect(at(restricted, "2026-03-05T10:00Z")).toEqual(at(free, "2026-03-05T10:00Z"));
  });

  it("are empty when daylight saving swallows them", () => {
    const gap = { weekdays: [7], from: "02:00", until: "03:00" };
    const schedule = make("Europe/Berlin", { participants: ["ada"], restrictions: [gap] });
    expect(spell(schedule, "2026-03-23T00:00Z", "2026-04-05T00:30Z")).toEqual([
      "null 03-23 00:00 – 04-05 00:00",
      "ada 04-05 00:00 – 04-05 00:30",
    ]);
  });
});

describe("layers and overrides", () => {
  const office = { weekdays: [1, 2, 3, 4, 5], from: "09:00", until: "17:00" };
  const top = { name: "Office", participants: ["cat"], restrictions: [office] };
  const stacked = make("UTC", { rotation: weekly, starts_on: "2026-03-02" }, top);

  it("let the topmost layer that has somebody decide", () => {
    expect(spell(stacked, "2026-03-06T09:00Z", "2026-03-10T12:00Z")).toEqual([
      "cat 03-06 09:00 – 03-06 17:00",
      "ada 03-06 17:00 – 03-09 09:00",
      "cat 03-09 09:00 – 03-09 17:00",
      "ben 03-09 17:00 – 03-10 09:00",
      "cat 03-10 09:00 – 03-10 12:00",
    ]);
  });

  it("say which layer it is and when this turn ends, whatever hands over above it meanwhile", () => {
    expect(at(stacked, "2026-03-06T18:00Z")).toEqual({
      personId: "ada",
      layer: "Base",
      overrideId: null,
      until: new Date("2026-03-09T09:00Z"),
    });
    expect(at(stacked, "2026-03-03T18:00Z")?.until).toEqual(new Date("2026-03-04T09:00Z"));
  });

  it("put overrides above all layers, the later in the list above the earlier", () => {
    const overrides = [
      override("one", "dan", "2026-03-07T00:00Z", "2026-03-08T00:00Z"),
      override("two", "eve", "2026-03-07T06:00Z", "2026-03-07T12:00Z"),
      override("nothing", "fay", "2026-03-07T07:00Z", "2026-03-07T07:00Z"),
    ];
    expect(spell(stacked, "2026-03-06T17:00Z", "2026-03-09T09:00Z", overrides)).toEqual([
      "ada 03-06 17:00 – 03-07 00:00",
      "dan 03-07 00:00 – 03-07 06:00",
      "eve 03-07 06:00 – 03-07 12:00",
      "dan 03-07 12:00 – 03-08 00:00",
      "ada 03-08 00:00 – 03-09 09:00",
    ]);
    expect(at(stacked, "2026-03-07T06:30Z", overrides)).toEqual({
      personId: "eve",
      layer: null,
      overrideId: "two",
      until: new Date("2026-03-07T12:00Z"),
    });
    expect(at(stacked, "2026-03-06T20:00Z", overrides)?.until).toEqual(new Date("2026-03-07T00:00Z"));
    expect(at(stacked, "2026-03-07T03:00Z", overrides)?.until).toEqual(new Date("2026-03-07T06:00Z"));
  });

  it("answer for any date there is", () => {
    expect(at(stacked, "-271821-04-20T00:00:00Z")).toBeNull();
    expect(at(stacked, "+275760-09-13T00:00:00Z")).toBeNull();
    expect(at(stacked, "9999-12-30T23:00:00Z")?.personId).toMatch(/ada|ben|cat/);
  });

  it("give no shifts for no time", () => {
    expect(spell(stacked, "2026-03-09T09:00Z", "2026-03-09T09:00Z")).toEqual([]);
  });
});
