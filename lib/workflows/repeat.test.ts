import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { repeat } from "./repeat";

const said: string[] = [];
beforeEach(() => {
  vi.useFakeTimers();
  said.length = 0;
  for (const level of ["log", "error"] as const)
    vi.spyOn(console, level).mockImplementation((text: string) => void said.push(text));
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("work that is repeated", () => {
  it("begins anew a pause after each end, however long it takes, and never twice at once", async () => {
    const begun: number[] = [];
    const origin = Date.now();
    const loop = repeat("counting", 100, async () => {
      begun.push(Date.now() - origin);
      await new Promise((resolve) => setTimeout(resolve, 250));
    });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(begun).toEqual([100, 450, 800]);
    const stopped = loop.stop();
    await vi.advanceTimersByTimeAsync(1_000);
    await stopped;
  });

  it("goes on when it fails, and says each reason once, and that it works again", async () => {
    const outcomes = ["away", "away", "broken", "", ""];
    const loop = repeat("asking", 100, async () => {
      const reason = outcomes.shift();
      if (reason) throw new Error(reason);
    });
    await vi.advanceTimersByTimeAsync(550);
    expect(outcomes).toEqual([]);
    expect(said).toEqual([
      "worker: asking failed, trying again: away",
      "worker: asking failed, trying again: broken",
      "worker: asking works again",
    ]);
    await loop.stop();
  });

  it("that is stopped ends what is under way first, and does not begin again", async () => {
    let begun = 0;
    let ended = 0;
    const loop = repeat("working", 100, async () => {
      begun += 1;
      await new Promise((resolve) => setTimeout(resolve, 250));
      ended += 1;
      throw new Error("too late to tell");
    });
    await vi.advanceTimersByTimeAsync(150);
    const stopped = loop.stop().then(() => ended);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([await stopped, begun]).toEqual([1, 1]);
    expect(said).toEqual([]);
  });
});
