import { describe, expect, it } from "vitest";
import { scheduleSchema } from "./schedule";
import { scheduleChanges } from "./schedule-changes";
import { spellRestrictions } from "./spell-schedule";

const rotation = { unit: "week", every: 1, handover: "09:00", weekday: 1 };
const base = { name: "Base", participants: ["ada", "ben"], rotation, starts_on: "2026-01-05" };
const make = (name: string, time_zone: string, ...layers: object[]) => ({
  name,
  definition: scheduleSchema.parse({ time_zone, layers: layers.map((layer) => ({ ...base, ...layer })) }),
});
const names: Record<string, string> = { ada: "Ada", ben: "Ben", cleo: "Cleo" };
const changes = (before: ReturnType<typeof make>, after: ReturnType<typeof make>) =>
  scheduleChanges(before, after, (id) => names[id] ?? id);

describe("what changed between two versions of a schedule", () => {
  it("is nothing when they say the same", () => {
    expect(changes(make("A", "UTC", {}), make("A", "UTC", {}))).toEqual([]);
  });

  it("names the schedule's name and zone", () => {
    expect(changes(make("A", "UTC", {}), make("B", "Europe/Berlin", {}))).toEqual([
      "Renamed from “A” to “B”.",
      "Time zone Europe/Berlin (was UTC).",
    ]);
  });

  it("tells people who came, went and changed places apart", () => {
    const before = make("A", "UTC", {});
    expect(changes(before, make("A", "UTC", { participants: ["ada"] }))).toEqual([
      "Layer “Base”: without Ben.",
    ]);
    expect(changes(before, make("A", "UTC", { participants: ["ben", "ada"] }))).toEqual([
      "Layer “Base”: turns in the order Ben, Ada.",
    ]);
    expect(changes(before, make("A", "UTC", { participants: ["ada", "cleo"] }))).toEqual([
      "Layer “Base”: without Ben.",
      "Layer “Base”: with Cleo.",
      "Layer “Base”: turns in the order Ada, Cleo.",
    ]);
  });

  it("says a rotation, dates, zone and restrictions with what they were", () => {
    const office = [{ weekdays: [5, 1, 2, 3, 4], from: "09:00", until: "17:00" }];
    const after = make("A", "UTC", {
      rotation: { unit: "day", every: 2, handover: "08:00" },
      restrictions: office,
      time_zone: "Asia/Singapore",
      ends_on: "2026-12-31",
    });
    expect(changes(make("A", "UTC", {}), after)).toEqual([
      "Layer “Base”: hands over every 2 days at 08:00 (was every week on Monday at 09:00).",
      "Layer “Base”: time zone Asia/Singapore (was the schedule's).",
      "Layer “Base”: ends on 2026-12-31 (was no day).",
      "Layer “Base”: applies Mon–Fri 09:00–17:00 (was at all times).",
    ]);
  });

  it("follows layers that are added, removed, renamed and moved", () => {
    const [day, night] = [{ name: "Day" }, { name: "Night", participants: ["cleo"] }];
    const late = { ...night, name: "Late" };
    expect(changes(make("A", "UTC", day), make("A", "UTC", day, night))).toEqual([
      "Layer “Night” added: Cleo, every week on Monday at 09:00, at all times, from 2026-01-05.",
    ]);
    expect(changes(make("A", "UTC", day, night), make("A", "UTC", day))).toEqual(["Layer “Night” removed."]);
    expect(changes(make("A", "UTC", day, night), make("A", "UTC", day, late))).toEqual([
      "Layer “Late”: was called “Night”.",
    ]);
    expect(changes(make("A", "UTC", day, night), make("A", "UTC", night, day))).toEqual([
      "Layers in another order: “Night”, “Day”; each lies on top of those before it.",
    ]);
  });
});

describe("restrictions in words", () => {
  it("joins runs of days", () => {
    const spell = (weekdays: number[]) => spellRestrictions([{ weekdays, from: "22:00", until: "06:00" }]);
    expect(spell([1, 2, 4, 5, 6])).toBe("Mon, Tue, Thu–Sat 22:00–06:00");
    expect(spell([7, 6, 5, 4, 3, 2, 1])).toBe("every day 22:00–06:00");
    expect(spellRestrictions(undefined)).toBe("at all times");
  });
});
