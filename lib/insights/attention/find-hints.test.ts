import { describe, expect, it } from "vitest";
import { rateOf } from "../figures/rate";
import { findHints } from "./find-hints";
import type { AttentionFigures, WorkHour } from "./types";

const figures = (of: Partial<AttentionFigures>): AttentionFigures => ({
  decisions: 200,
  seconds: null,
  inBatches: null,
  quick: null,
  approved: null,
  overturned: null,
  caught: null,
  streak: 0,
  ...of,
});
const kinds = (of: Partial<AttentionFigures>, hours: WorkHour[] = []) =>
  findHints(figures(of), hours).map(({ kind }) => kind);
const hour = (at: number, decisions: number, medianSeconds: number | null): WorkHour => ({
  hour: at,
  decisions,
  medianSeconds,
  approved: null,
});

describe("hints on attention", () => {
  it("say nothing of nothing", () => expect(kinds({})).toEqual([]));

  it("say nothing of fewer than twenty cases, however bad they look", () => {
    expect(kinds({ quick: rateOf(19, 19), caught: rateOf(0, 19), overturned: rateOf(19, 19) })).toEqual([]);
    expect(kinds({ quick: rateOf(20, 20), caught: rateOf(0, 20), overturned: rateOf(20, 20) })).toEqual([
      "quick",
      "checks",
      "overturned",
    ]);
  });

  it("count a share only once its whole interval is beyond what is usual", () => {
    expect(kinds({ quick: rateOf(25, 100) })).toEqual([]);
    expect(kinds({ quick: rateOf(35, 100) })).toEqual(["quick"]);
    expect(kinds({ caught: rateOf(14, 20) })).toEqual([]);
    expect(kinds({ caught: rateOf(8, 20) })).toEqual(["checks"]);
  });

  it("tell of fifty approvals in a row, not of forty-nine", () => {
    expect(kinds({ streak: 49 })).toEqual([]);
    expect(kinds({ streak: 50 })).toEqual(["streak"]);
  });

  it("tell of the hour from which on looks take less than half as long", () => {
    expect(kinds({}, [hour(1, 40, 30), hour(2, 40, 16), hour(3, 40, 14)])).toEqual(["hours"]);
    expect(findHints(figures({}), [hour(1, 40, 30), hour(3, 40, 14)])[0]?.sentence).toContain("hour 3");
    expect(kinds({}, [hour(1, 40, 30), hour(2, 19, 3)])).toEqual([]);
    expect(kinds({}, [hour(1, 19, 30), hour(2, 40, 3)])).toEqual([]);
    expect(kinds({}, [hour(2, 40, 3)])).toEqual([]);
    expect(kinds({}, [hour(1, 40, null), hour(2, 40, 3)])).toEqual([]);
  });
});
