import { describe, expect, it } from "vitest";
import { MAX_DELIVERY_ATTEMPTS, parseRetryAfter, recheckDelayMs, retryDelayMs } from "./retry-delay";

describe("the pause before the next attempt", () => {
  it("grows from about a second to hours, twelve attempts over about a day", () => {
    const delays = Array.from({ length: MAX_DELIVERY_ATTEMPTS - 1 }, (_, index) =>
      retryDelayMs(index + 1, null, 0.5),
    );
    expect(delays[0]).toBe(1_000);
    expect([...delays].sort((a, b) => a - b)).toEqual(delays);
    const hours = delays.reduce((sum, delay) => sum + delay, 0) / 3_600_000;
    expect(hours).toBeGreaterThan(20);
    expect(hours).toBeLessThan(26);
  });

  it("is spread by a fifth either way", () => {
    expect(retryDelayMs(2, null, 0)).toBe(4_000);
    expect(retryDelayMs(2, null, 1)).toBe(6_000);
  });

  it("honours Retry-After, to an hour at most", () => {
    expect(retryDelayMs(1, 90_000, 0.5)).toBe(90_000);
    expect(retryDelayMs(1, 90_000_000, 0.5)).toBe(3_600_000);
    expect(retryDelayMs(4, 1, 0.5)).toBe(120_000);
  });

  it("reads Retry-After in seconds and as a date, and ignores anything else", () => {
    const now = new Date("2026-01-01T00:00:00Z");
    expect(parseRetryAfter("120", now)).toBe(120_000);
    expect(parseRetryAfter("Thu, 01 Jan 2026 00:01:00 GMT", now)).toBe(60_000);
    expect(parseRetryAfter("Wed, 31 Dec 2025 00:00:00 GMT", now)).toBe(0);
    for (const header of [undefined, null, "", "soon", "-5x"])
      expect(parseRetryAfter(header, now)).toBeNull();
  });
});

describe("the pause before something that waits is looked at again", () => {
  it("is as long as it has waited, between half a minute and ten minutes", () => {
    expect([0, 45_000, 86_400_000].map(recheckDelayMs)).toEqual([30_000, 45_000, 600_000]);
  });
});
