import { expect, it } from "vitest";
import { nextRunId, runNumber } from "./next-run";

it("names the successor of a run by counting up, whatever the first id was", () => {
  expect(nextRunId("execute:drf_1")).toBe("execute:drf_1:run:1");
  expect(nextRunId("execute:drf_1:run:1")).toBe("execute:drf_1:run:2");
  expect(nextRunId("execute:drf_1:run:9")).toBe("execute:drf_1:run:10");
  expect(nextRunId("escalate:drf_1:0:lost:17")).toBe("escalate:drf_1:0:lost:17:run:1");
});

it("knows how many runs came before", () => {
  expect([
    runNumber("callback:drf_1:draft.approved"),
    runNumber("callback:drf_1:draft.approved:run:7"),
  ]).toEqual([0, 7]);
});
