import { describe, expect, it } from "vitest";
import { absenceEffects } from "./absence-effects";
import { businessCalendarSchema } from "./business-hours";
import type { Absence, Directory } from "./directory";
import { scheduleSchema } from "./schedule";

const day = (n: number) => new Date(Date.UTC(2026, 2, n));
const away = (personId: string, delegateId: string | null, from: number, until: number): Absence => ({
  id: `${personId}-${from}`,
  personId,
  delegateId,
  startsAt: day(from),
  endsAt: day(until),
});
const person = (id: string) => ({
  id,
  name: id,
  isApprover: id !== "mia",
  isAdmin: false,
  departmentId: null,
});
const definition = scheduleSchema.parse({
  time_zone: "UTC",
  layers: [
    {
      name: "Base",
      participants: ["ada", "ben"],
      rotation: { unit: "day", every: 1, handover: "00:00" },
      starts_on: "2026-03-01",
    },
  ],
});
const [base] = definition.layers;
const swapped = { ...definition, layers: [{ ...base!, participants: ["ben", "ada"] }] };
const world = (...absences: Absence[]): Directory => ({
  version: "1",
  people: new Map(["ada", "ben", "cleo", "mia"].map((id) => [id, person(id)])),
  departments: new Map(),
  groups: new Map(),
  rules: new Map(),
  schedules: new Map([
    ["s", { id: "s", name: "Finance", definition, overrides: [] }],
    ["t", { id: "t", name: "Support", definition: swapped, overrides: [] }],
  ]),
  absences: new Map(absences.map((each) => [each.personId, [each]])),
  businessHours: businessCalendarSchema.parse({
    time_zone: "UTC",
    open: [{ weekdays: [1], from: "09:00", until: "17:00" }],
    holidays: [],
  }),
});

describe("what follows from an absence", () => {
  it("is nothing when the delegate is there", () => {
    expect(absenceEffects(world(), away("ada", "ben", 2, 9))).toEqual([]);
  });

  it("says for how long the delegate is away too", () => {
    const found = absenceEffects(world(away("ben", null, 4, 6)), away("ada", "ben", 2, 9));
    expect(found).toEqual([{ kind: "nobody", because: "ben is away", from: day(4), until: day(6) }]);
  });

  it("names who answers when the delegate has one of their own", () => {
    const found = absenceEffects(world(away("ben", "cleo", 1, 20)), away("ada", "ben", 2, 9));
    expect(found).toEqual([{ kind: "further", personId: "cleo", from: day(2), until: day(9) }]);
  });

  it("finds a circle", () => {
    const found = absenceEffects(world(away("ben", "ada", 1, 20)), away("ada", "ben", 2, 9));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ kind: "nobody", because: expect.stringContaining("circle") });
  });

  it("lists the shifts that are left to nobody when there is no delegate, by time", () => {
    const found = absenceEffects(world(), away("ada", null, 2, 5));
    expect(found).toEqual([
      { kind: "on_call", schedule: "Support", from: day(2), until: day(3) },
      { kind: "on_call", schedule: "Finance", from: day(3), until: day(4) },
      { kind: "on_call", schedule: "Support", from: day(4), until: day(5) },
    ]);
  });

  it("does not concern somebody who decides nothing", () => {
    expect(absenceEffects(world(), away("mia", null, 2, 9))).toEqual([]);
  });
});
