import { approverRuleSchema } from "@/lib/routing/approver-rule";
import type { Absence, Directory } from "@/lib/routing/directory";
import { scheduleSchema } from "@/lib/routing/schedule";

/**
 * A directory for tests: ann, ben and cat, of whom ann and ben take turns on a schedule from Monday to Friday, nine to
 * five in UTC. The rule `desk` asks the schedule; `wide` asks it up to 100 and cat beyond; `cat` asks cat alone.
 */
export function testDirectory({ absences = [] }: { absences?: Absence[] } = {}): Directory {
  const byPerson = new Map<string, Absence[]>();
  for (const absence of absences)
    byPerson.set(absence.personId, [...(byPerson.get(absence.personId) ?? []), absence]);
  const weekdays = scheduleSchema.parse({
    time_zone: "UTC",
    layers: [
      {
        name: "Days",
        participants: ["ann", "ben"],
        rotation: { unit: "week", every: 1, handover: "00:00", weekday: 1 },
        starts_on: "2026-01-05",
        restrictions: [{ weekdays: [1, 2, 3, 4, 5], from: "09:00", until: "17:00" }],
      },
    ],
  });
  const schedule = { kind: "schedule" as const, id: "sch" };
  const cat = { kind: "person" as const, id: "cat" };
  const rule = (bands: unknown) => approverRuleSchema.parse({ bands });
  return {
    version: "1",
    people: new Map(
      ["ann", "ben", "cat"].map((id) => [
        id,
        { id, name: id, isApprover: true, isAdmin: false, departmentId: null },
      ]),
    ),
    departments: new Map([["dep", { id: "dep", name: "Finance", headId: "cat" }]]),
    groups: new Map(),
    rules: new Map([
      ["desk", rule([{ up_to: null, mode: "all", ask: [schedule] }])],
      [
        "wide",
        rule([
          { up_to: 100, mode: "all", ask: [schedule] },
          { up_to: null, mode: "all", ask: [cat] },
        ]),
      ],
      ["cat", rule([{ up_to: null, mode: "all", ask: [cat] }])],
      ["heads", rule([{ up_to: null, mode: "all", ask: [{ kind: "department_head" }] }])],
    ]),
    schedules: new Map([["sch", { id: "sch", name: "Week", definition: weekdays, overrides: [] }]]),
    absences: byPerson,
    businessHours: {
      time_zone: "UTC",
      open: [{ weekdays: [1], from: "09:00", until: "17:00" }],
      holidays: [],
    },
  };
}

export const away = (
  personId: string,
  from: string,
  until: string,
  delegateId: string | null = null,
): Absence => ({
  id: `abs_${personId}_${from}`,
  personId,
  delegateId,
  startsAt: new Date(from),
  endsAt: new Date(until),
});
