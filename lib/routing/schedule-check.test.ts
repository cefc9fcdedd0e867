import { describe, expect, it } from "vitest";
import { scheduleSchema } from "./schedule";
import { checkSchedule, type ScheduledPerson } from "./schedule-check";

const from = new Date("2026-03-02T00:00Z");
const until = new Date("2026-03-16T00:00Z");
const person = (name: string, rest: Partial<ScheduledPerson> = {}) => ({
  name,
  isApprover: true,
  disabled: false,
  ...rest,
});
const people = new Map([
  ["ada", person("Ada")],
  ["ben", person("Ben", { disabled: true })],
  ["cat", person("Cat", { isApprover: false })],
]);

const rotation = { unit: "day", every: 1, handover: "00:00" };
const base = { name: "Base", participants: ["ada"], rotation, starts_on: "2026-01-01" };
const make = (...layers: object[]) =>
  scheduleSchema.parse({
    time_zone: "Europe/Berlin",
    layers: layers.map((layer) => ({ ...base, ...layer })),
  });

const check = (schedule: ReturnType<typeof make>, overrides: Parameters<typeof checkSchedule>[1] = []) =>
  checkSchedule(schedule, overrides, { from, until, people });
const messages = (...args: Parameters<typeof check>) =>
  check(...args).map(({ severity, message }) => `${severity}: ${message}`);

describe("checkSchedule", () => {
  it("finds nothing in a schedule that always has an approver", () => {
    expect(check(make({}))).toEqual([]);
  });

  it("names each gap once, with its length, on the schedule's clock", () => {
    const office = { weekdays: [1, 2, 3, 4, 5], from: "09:00", until: "17:00" };
    const found = check(make({ restrictions: [office] }));
    expect(found).toHaveLength(11);
    expect(found[5]).toEqual({
      severity: "warning",
      kind: "gap",
      from: new Date("2026-03-06T16:00Z"),
      until: new Date("2026-03-09T08:00Z"),
      message:
        "Nobody is on call from Fri 2026-03-06 17:00 until Mon 2026-03-09 09:00 (2 days 16 hours, Europe/Berlin).",
    });
    const closed = { id: "o", person_id: "ada", starts_at: from, ends_at: until };
    expect(check(make({ restrictions: [office] }), [closed])).toEqual([]);
  });

  it("calls it an error when nobody is ever on call", () => {
    expect(messages(make({ starts_on: "2027-01-01" }))).toEqual([
      "error: Nobody is on call at any time from Mon 2026-03-02 01:00 until Mon 2026-03-16 01:00 (14 days, Europe/Berlin).",
    ]);
  });

  it("names everybody who could not decide, once, with where they take turns", () => {
    const participants = ["ada", "ben", "cat", "ben", "zed"];
    expect(
      messages(make({ participants }, { name: "Top", participants: ["ben"], ends_on: "2026-03-10" })),
    ).toEqual([
      'error: Ben is disabled but takes turns in layer "Base", layer "Top".',
      'error: Cat does not have the role approver but takes turns in layer "Base".',
      'error: The person with the id "zed" is unknown but takes turns in layer "Base".',
    ]);
  });

  it("looks at the people of overrides in this time, and not at those of the past", () => {
    const override = (id: string, starts_at: Date, ends_at: Date) => ({
      id,
      person_id: "ben",
      starts_at,
      ends_at,
    });
    const past = make({}, { name: "Old", participants: ["ben"], ends_on: "2026-02-01" });
    expect(
      messages(past, [override("past", new Date(0), from), override("future", until, new Date(1e15))]),
    ).toEqual(['warning: Layer "Old" ended on 2026-02-01.']);
    const soon = override("soon", from, new Date("2026-03-03T00:00Z"));
    expect(messages(make({}), [soon])).toEqual(["error: Ben is disabled but takes turns in an override."]);
  });

  it("finds a layer that can never be on top, overrides aside", () => {
    const night = { weekdays: [1], from: "22:00", until: "06:00" };
    const wider = { weekdays: [1, 2], from: "20:00", until: "08:00" };
    const covered = make(
      {},
      { name: "Night", restrictions: [night] },
      { name: "Wider", restrictions: [wider] },
    );
    expect(messages(covered)).toEqual([
      'warning: Layer "Night" is never on top: the layers above it cover all of its time.',
    ]);
    const seen = make({}, { name: "Wider", restrictions: [wider] });
    const whole = { id: "o", person_id: "ada", starts_at: from, ends_at: until };
    expect(messages(seen, [whole])).toEqual([]);
  });

  it("finds a layer whose restrictions leave nothing, and lets one be that begins later", () => {
    const sundays = { weekdays: [7], from: "09:00", until: "17:00" };
    const weekdaysOnly = {
      name: "Never",
      starts_on: "2026-03-03",
      ends_on: "2026-03-05",
      restrictions: [sundays],
    };
    expect(messages(make({}, weekdaysOnly))).toEqual([
      'warning: Layer "Never" has nobody at any time: its restrictions leave none of its turns.',
    ]);
    expect(messages(make({}, { name: "Later", starts_on: "2026-04-01" }))).toEqual([]);
  });

  it("finds nothing in no time", () => {
    expect(checkSchedule(make({ participants: ["ada"] }), [], { from: until, until: from, people })).toEqual(
      [],
    );
  });
});
