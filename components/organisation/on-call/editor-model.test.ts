import { describe, expect, it } from "vitest";
import { type Schedule, scheduleSchema } from "@/lib/routing/schedule";
import { checkSchedule } from "@/lib/routing/schedule-check";
import { moved, namesIn, type ScheduleForm, toDefinition, toForm } from "./editor-model";
import { followTheSun, weeklyRotation } from "./templates";

const schedule: Schedule = scheduleSchema.parse({
  time_zone: "UTC",
  layers: [
    {
      name: "Base",
      participants: ["ada", "ben", "ada"],
      rotation: { unit: "week", every: 2, handover: "09:00", weekday: 3 },
      starts_on: "2026-01-05",
    },
    {
      name: "Nights",
      time_zone: "Asia/Singapore",
      participants: ["ben"],
      rotation: { unit: "hour", every: 12, handover: "08:00" },
      starts_on: "2026-01-05",
      ends_on: "2026-12-31",
      restrictions: [{ weekdays: [1, 7], from: "20:00", until: "24:00" }],
    },
  ],
});
const staffed = (form: ScheduleForm) => ({
  ...form,
  layers: form.layers.map((layer) => ({
    ...layer,
    participants: [{ key: "p", id: "ada", name: "Ada" }],
  })),
});

describe("the editor's fields", () => {
  it("say the same as the schedule they were made from", () => {
    const form = toForm("Finance", schedule, { ada: "Ada", ben: "Ben" });
    expect(toDefinition(form)).toEqual(schedule);
    expect(namesIn(form)).toEqual({ ada: "Ada", ben: "Ben" });
    expect(new Set(form.layers[0]!.participants.map(({ key }) => key)).size).toBe(3);
  });

  it("leave wrong numbers for the server to refuse", () => {
    const form = toForm("Finance", schedule, {});
    for (const every of ["", "x", "1.5", "0"]) {
      const layers = form.layers.map((layer) => ({ ...layer, every }));
      expect(scheduleSchema.safeParse(toDefinition({ ...form, layers })).success).toBe(false);
    }
  });

  it("read midnight as the end of the day", () => {
    const form = toForm("Finance", schedule, {});
    const restrictions = [{ key: "w", weekdays: [5, 1], from: "20:00", until: "00:00" }];
    const [layer] = toDefinition({ ...form, layers: [{ ...form.layers[0]!, restrictions }] }).layers;
    expect(layer!.restrictions).toEqual([{ weekdays: [1, 5], from: "20:00", until: "24:00" }]);
  });

  it("move entries, but not beyond the ends", () => {
    expect(moved(["a", "b", "c"], 1, -1)).toEqual(["b", "a", "c"]);
    expect(moved(["a", "b", "c"], 2, 1)).toEqual(["a", "b", "c"]);
  });
});

describe("templates", () => {
  it("leave no gap in a whole year once they have people", () => {
    const people = new Map([["ada", { name: "Ada", isApprover: true, disabled: false }]]);
    const [from, until] = [new Date("2026-03-10T12:00Z"), new Date("2027-03-10T12:00Z")];
    for (const form of [followTheSun("2026-03-09"), weeklyRotation("2026-03-09", "Europe/Berlin")]) {
      const definition = scheduleSchema.parse(toDefinition(staffed(form)));
      expect(checkSchedule(definition, [], { from, until, people })).toEqual([]);
    }
  });
});
