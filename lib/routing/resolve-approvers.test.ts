import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ApproverRuleDefinition, approverRuleSchema } from "./approver-rule";
import type { Absence, Directory } from "./directory";
import { type ApproverQuestion, claimsOf, resolveApprovers } from "./resolve-approvers";
import { scheduleSchema } from "./schedule";

const at = new Date("2026-11-23T12:00:00Z");
const later = new Date("2026-11-24T12:00:00Z");
const NAMES = ["ann", "ben", "cat", "dan", "eve", "fay"];

/** Six approvers, a group, a department with a head and one without, and a schedule on which `ann` always is. */
function directory(
  bands: ApproverRuleDefinition["bands"],
  more: { absences?: Absence[]; notApprovers?: string[] } = {},
): Directory {
  const absences = new Map<string, Absence[]>();
  for (const absence of more.absences ?? []) {
    absences.set(absence.personId, [...(absences.get(absence.personId) ?? []), absence]);
  }
  const always = scheduleSchema.parse({
    time_zone: "UTC",
    layers: [
      {
        name: "Always",
        participants: ["ann"],
        rotation: { unit: "day", every: 1, handover: "00:00" },
        starts_on: "2026-01-01",
      },
    ],
  });
  return {
    version: "1",
    people: new Map(
      NAMES.map((id) => [
        id,
        {
          id,
          name: id,
          isApprover: !more.notApprovers?.includes(id),
          isAdmin: false,
          departmentId: null,
        },
      ]),
    ),
    departments: new Map([
      ["dep_a", { id: "dep_a", name: "A", headId: "fay" }],
      ["dep_b", { id: "dep_b", name: "B", headId: null }],
    ]),
    groups: new Map([["grp", { id: "grp", name: "Board", memberIds: ["cat", "dan"] }]]),
    rules: new Map([["rule", approverRuleSchema.parse({ bands })]]),
    schedules: new Map([["sch", { id: "sch", name: "Week", definition: always, overrides: [] }]]),
    absences,
    businessHours: {
      time_zone: "UTC",
      open: [{ weekdays: [1], from: "09:00", until: "17:00" }],
      holidays: [],
    },
  };
}

const away = (personId: string, delegateId: string | null): Absence => ({
  id: `abs_${personId}`,
  personId,
  delegateId,
  startsAt: at,
  endsAt: later,
});
const person = (id: string) => ({ kind: "person" as const, id });
const ask = (dir: Directory, question: Partial<ApproverQuestion> = {}) =>
  resolveApprovers(dir, {
    rule: "rule",
    amount: 100,
    departmentId: null,
    required: 1,
    at,
    barred: new Set(),
    ...question,
  });
const who = (dir: Directory, question: Partial<ApproverQuestion> = {}) =>
  ask(dir, question).approvers.map(({ personId, onBehalfOf }) =>
    onBehalfOf ? `${personId} for ${onBehalfOf}` : personId,
  );

describe("an approver rule", () => {
  it("asks by amount: the first band that holds it, the last for all beyond and for an unknown one", () => {
    const dir = directory([
      { up_to: 500, mode: "all", ask: [person("ann")] },
      { up_to: null, mode: "all", ask: [person("ben")] },
    ]);
    expect(who(dir, { amount: 500 })).toEqual(["ann"]);
    expect(who(dir, { amount: 500.01 })).toEqual(["ben"]);
    expect(who(dir, { amount: null })).toEqual(["ben"]);
  });

  it("asks persons, groups, whoever is on call, and the department's head", () => {
    const dir = directory([
      {
        up_to: null,
        mode: "all",
        ask: [
          { kind: "schedule", id: "sch" },
          { kind: "group", id: "grp" },
          { kind: "department_head" },
          person("ben"),
        ],
      },
    ]);
    expect(who(dir, { departmentId: "dep_a" })).toEqual(["ann", "cat", "dan", "fay", "ben"]);
    expect(who(dir)).toEqual(["ann", "cat", "dan", "ben"]);
    expect(ask(dir, { departmentId: "dep_b" }).passedOver).toEqual([
      { who: "B", because: "the department has no head" },
    ]);
  });

  it("asks the first named, and the next only as far as the quorum needs them", () => {
    const dir = directory([
      { up_to: null, mode: "first", ask: [person("ann"), person("ben"), person("cat")] },
    ]);
    expect(who(dir)).toEqual(["ann"]);
    expect(who(dir, { required: 2 })).toEqual(["ann", "ben"]);
    expect(who(dir, { barred: new Set(["ann"]) })).toEqual(["ben"]);
  });

  it("asks a target only about the departments it names", () => {
    const dir = directory([
      { up_to: null, mode: "first", ask: [{ ...person("ann"), departments: ["dep_a"] }, person("ben")] },
    ]);
    expect(who(dir, { departmentId: "dep_a" })).toEqual(["ann"]);
    expect(who(dir, { departmentId: "dep_b" })).toEqual(["ben"]);
    expect(who(dir)).toEqual(["ben"]);
  });

  it("counts one person once, however often it names them", () => {
    const dir = directory([
      { up_to: null, mode: "all", ask: [person("cat"), { kind: "group", id: "grp" }, person("dan")] },
    ]);
    expect(who(dir)).toEqual(["cat", "dan"]);
    expect(ask(dir, { required: 2 }).enough).toBe(true);
    expect(ask(dir, { required: 3 }).enough).toBe(false);
  });

  it("that is not there asks nobody, but the default one asks every approver", () => {
    const dir = directory([{ up_to: null, mode: "all", ask: [person("ann")] }], { notApprovers: ["eve"] });
    expect(ask(dir, { rule: "nowhere" })).toMatchObject({ approvers: [], enough: false });
    expect(who(dir, { rule: "default_approvers" })).toEqual(["ann", "ben", "cat", "dan", "fay"]);
  });
});

describe("somebody who is away", () => {
  const bands: ApproverRuleDefinition["bands"] = [{ up_to: null, mode: "all", ask: [person("ann")] }];

  it("is not asked, from the first moment to before the last", () => {
    const dir = directory(bands, { absences: [away("ann", null)] });
    expect(who(dir)).toEqual([]);
    expect(ask(dir).passedOver).toEqual([{ who: "ann", because: "ann is away" }]);
    expect(who(dir, { at: later })).toEqual(["ann"]);
    expect(who(dir, { at: new Date(at.getTime() - 1) })).toEqual(["ann"]);
  });

  it("has their delegate asked in their place, also over several", () => {
    const dir = directory(bands, { absences: [away("ann", "ben"), away("ben", "cat")] });
    expect(who(dir)).toEqual(["cat for ann"]);
  });

  it("whose delegates go round in a circle has nobody", () => {
    const dir = directory(bands, { absences: [away("ann", "ben"), away("ben", "cat"), away("cat", "ann")] });
    expect(who(dir)).toEqual([]);
  });

  it("gives nothing that they may not do themselves, nor that the delegate may not", () => {
    const dir = directory(bands, { absences: [away("ann", "ben")] });
    expect(who(dir, { barred: new Set(["ann"]) })).toEqual([]);
    expect(who(dir, { barred: new Set(["ben"]) })).toEqual([]);
    expect(who(directory(bands, { absences: [away("ann", "ben")], notApprovers: ["ben"] }))).toEqual([]);
    expect(who(directory(bands, { absences: [away("ann", "ben")], notApprovers: ["ann"] }))).toEqual([]);
  });

  it("and whose delegate is named as well is one of them only", () => {
    const dir = directory([{ up_to: null, mode: "all", ask: [person("ann"), person("ben")] }], {
      absences: [away("ann", "ben")],
    });
    expect(who(dir)).toEqual(["ben"]);
    expect(ask(dir, { required: 2 }).enough).toBe(false);
  });
});

const names = fc.constantFrom(...NAMES);
const target = fc.oneof(
  names.map((id) => person(id)),
  fc.constant({ kind: "group" as const, id: "grp" }),
  fc.constant({ kind: "schedule" as const, id: "sch" }),
  fc.constant({ kind: "department_head" as const }),
  names.map((id) => ({ ...person(id), departments: ["dep_a"] })),
  fc.constant({ kind: "every_approver" as const }),
);
const anyBand = fc.record({
  mode: fc.constantFrom("first" as const, "all" as const),
  ask: fc.array(target, { minLength: 1, maxLength: 4 }),
});
const anyDirectory = fc
  .record({
    low: anyBand,
    high: anyBand,
    absences: fc.array(
      fc
        .tuple(names, fc.option(names))
        .filter(([one, other]) => one !== other)
        .map(([one, other]) => away(one, other)),
      { maxLength: 4 },
    ),
    notApprovers: fc.subarray(NAMES, { maxLength: 2 }),
  })
  .map(({ low, high, ...more }) =>
    directory(
      [
        { up_to: 500, ...low },
        { up_to: null, ...high },
      ],
      more,
    ),
  );
const anyQuestion = fc.record({
  amount: fc.option(fc.constantFrom(1, 500, 501)),
  departmentId: fc.constantFrom(null, "dep_a", "dep_b"),
  required: fc.constantFrom(1, 2, 3),
  barred: fc.subarray(NAMES, { maxLength: 3 }).map((ids) => new Set(ids)),
});

describe("for any directory and draft", () => {
  it("never asks who is barred, is no approver, or is away, nor in the place of somebody barred", () => {
    fc.assert(
      fc.property(anyDirectory, anyQuestion, (dir, question) => {
        for (const { personId, onBehalfOf } of ask(dir, question).approvers) {
          for (const id of [personId, onBehalfOf ?? personId]) {
            expect(question.barred.has(id)).toBe(false);
            expect(dir.people.get(id)?.isApprover).toBe(true);
          }
          expect(dir.absences.get(personId) ?? []).toEqual([]);
        }
      }),
    );
  });

  it("what waits for a person is what they would be asked", () => {
    fc.assert(
      fc.property(anyDirectory, anyQuestion, names, (dir, question, viewer) => {
        const asked = ask(dir, question).approvers.some(({ personId }) => personId === viewer);
        const isBarred = (through: string[]) => through.some((id) => question.barred.has(id));
        // The same conditions as the inbox's statement has.
        const waits = claimsOf(dir, viewer, at).some((claim) => {
          const { amount, departmentId } = question;
          const free = claim.before.filter(({ through }) => !isBarred(through));
          return (
            claim.rule === "rule" &&
            (claim.over === null || amount === null || amount > claim.over) &&
            (claim.up_to === null || (amount !== null && amount <= claim.up_to)) &&
            (claim.department === null || departmentId === claim.department) &&
            (departmentId === null || !claim.not_departments.includes(departmentId)) &&
            !isBarred(claim.through) &&
            question.required > new Set(free.map((each) => each.person)).size
          );
        });
        expect(waits).toBe(asked);
      }),
      { numRuns: 2000 },
    );
  });
});
