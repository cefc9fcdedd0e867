import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resolveApprovers } from "@/lib/routing/resolve-approvers";
import { findGaps } from "./find-gaps";
import { describeGaps, gapsOfRules } from "./list-gaps";
import { away, testDirectory } from "./test-directory";

/** A Monday. */
const from = new Date("2026-11-16T00:00:00Z");
const until = new Date("2026-11-23T00:00:00Z");
const said = (gaps: ReturnType<typeof findGaps>) =>
  gaps.map(
    ({ start, end, bands }) =>
      `${start.toISOString().slice(5, 16)}/${end.toISOString().slice(5, 16)} ${bands}`,
  );

describe("the gaps of an approver rule", () => {
  it("are the nights and the weekend of a schedule that covers working hours", () => {
    expect(said(findGaps(testDirectory(), "desk", from, until))).toEqual([
      "11-16T00:00/11-16T09:00 0",
      "11-16T17:00/11-17T09:00 0",
      "11-17T17:00/11-18T09:00 0",
      "11-18T17:00/11-19T09:00 0",
      "11-19T17:00/11-20T09:00 0",
      "11-20T17:00/11-23T00:00 0",
    ]);
  });

  it("are told by amount band", () => {
    const gaps = findGaps(testDirectory(), "wide", from, new Date("2026-11-16T12:00:00Z"));
    expect(said(gaps)).toEqual(["11-16T00:00/11-16T09:00 0"]);
    const absent = testDirectory({ absences: [away("cat", "2026-11-16T06:00:00Z", "2026-11-16T11:00:00Z")] });
    expect(said(findGaps(absent, "wide", from, new Date("2026-11-16T12:00:00Z")))).toEqual([
      "11-16T00:00/11-16T06:00 0",
      "11-16T06:00/11-16T09:00 0,1",
      "11-16T09:00/11-16T11:00 1",
    ]);
  });

  it("are the absence of the only one who is asked, unless somebody stands in", () => {
    const absence = ["2026-11-17T10:00:00Z", "2026-11-18T10:00:00Z"] as const;
    const alone = testDirectory({ absences: [away("cat", ...absence)] });
    expect(said(findGaps(alone, "cat", from, until))).toEqual(["11-17T10:00/11-18T10:00 0"]);
    const covered = testDirectory({ absences: [away("cat", ...absence, "ben")] });
    expect(findGaps(covered, "cat", from, until)).toEqual([]);
    const delegateAway = testDirectory({
      absences: [away("cat", ...absence, "ben"), away("ben", "2026-11-17T12:00:00Z", "2026-11-17T13:00:00Z")],
    });
    expect(said(findGaps(delegateAway, "cat", from, until))).toEqual(["11-17T12:00/11-17T13:00 0"]);
  });

  it("are none where the head of some department is there, and all the time where there is no such rule", () => {
    expect(findGaps(testDirectory(), "heads", from, until)).toEqual([]);
    expect(said(findGaps(testDirectory(), "nowhere", from, until))).toEqual(["11-16T00:00/11-23T00:00 0"]);
  });

  it("agree with asking at any moment", () => {
    const directory = testDirectory({
      absences: [
        away("ann", "2026-11-16T11:11:00Z", "2026-11-18T11:11:00Z", "cat"),
        away("cat", "2026-11-17T09:30:00Z", "2026-11-17T15:30:00Z"),
      ],
    });
    fc.assert(
      fc.property(
        fc.constantFrom("desk", "wide", "cat", "heads"),
        fc.integer({ min: from.getTime(), max: until.getTime() - 1 }),
        fc.constantFrom(50, 500),
        (rule, instant, amount) => {
          const band = rule === "wide" && amount > 100 ? 1 : 0;
          const isGap = findGaps(directory, rule, from, until).some(
            ({ start, end, bands }) =>
              start.getTime() <= instant && instant < end.getTime() && bands.includes(band),
          );
          const departmentId = rule === "heads" ? "dep" : null;
          const question = {
            rule,
            amount,
            departmentId,
            required: 1,
            at: new Date(instant),
            barred: new Set<string>(),
          };
          expect(isGap).toBe(resolveApprovers(directory, question).approvers.length === 0);
        },
      ),
      { numRuns: 300 },
    );
  });
});

it("what waited in a gap is counted, and the next gap is named", () => {
  const directory = testDirectory();
  const now = new Date("2026-11-18T12:00:00Z");
  const [found, ...more] = gapsOfRules(directory, ["desk", "cat"], { from, now, aheadMs: 7 * 86_400_000 });
  expect(more).toEqual([]);
  const seconds = (at: string) => Date.parse(at) / 1000;
  const waits = {
    from: ["2026-11-16T20:00:00Z", "2026-11-17T10:00:00Z", "2026-11-17T16:00:00Z"].map(seconds),
    until: ["2026-11-17T09:30:00Z", "2026-11-17T11:00:00Z", "2026-11-18T10:00:00Z"].map(seconds),
  };
  const gaps = describeGaps(directory, found!, waits, now);
  expect(gaps).toMatchObject({ rule: "desk", amounts: null, count: 3, hours: 41, waited: 2 });
  expect(gaps.longest[0]).toEqual({
    start: "2026-11-16T17:00:00.000Z",
    end: "2026-11-17T09:00:00.000Z",
    waited: 1,
  });
  expect(gaps.next).toEqual({
    start: "2026-11-18T17:00:00.000Z",
    end: "2026-11-19T09:00:00.000Z",
    isNow: false,
  });
  expect(gaps.schedules).toEqual([{ id: "sch", name: "Week" }]);
});
