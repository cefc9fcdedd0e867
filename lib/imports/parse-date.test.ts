import { expect, it } from "vitest";
import { parseDate } from "./parse-date";
import { parseNumber } from "./parse-number";

it.each([
  ["2026-05-01T10:00:00Z", "iso", undefined, "2026-05-01T10:00:00.000Z"],
  ["2026-05-01 10:00:00+02:00", "iso", undefined, "2026-05-01T08:00:00.000Z"],
  ["2026-05-01T10:00", "iso", "America/New_York", "2026-05-01T14:00:00.000Z"],
  ["2026-05-01", "iso", "Asia/Tokyo", "2026-04-30T15:00:00.000Z"],
  ["5/1/2026", "M/d/yyyy", "UTC", "2026-05-01T00:00:00.000Z"],
  ["01.05.2026 10:05:06", "dd.MM.yyyy HH:mm:ss", "UTC", "2026-05-01T10:05:06.000Z"],
  ["29.03.2026 02:30", "dd.MM.yyyy HH:mm", "Europe/Berlin", "2026-03-29T01:30:00.000Z"],
  ["25.10.2026 02:30", "dd.MM.yyyy HH:mm", "Europe/Berlin", "2026-10-25T00:30:00.000Z"],
  ["1777629600", "unix", undefined, "2026-05-01T10:00:00.000Z"],
  ["1777629600000", "unix_ms", undefined, "2026-05-01T10:00:00.000Z"],
])("%s as %s in %s is %s", (text, format, zone, value) => {
  expect(parseDate(text, { format, zone })).toEqual({ value });
});

it.each([
  ["2026-05-01T10:00", "iso", undefined],
  ["2026-02-30", "iso", "UTC"],
  ["31.04.2026", "dd.MM.yyyy", "UTC"],
  ["1.5.2026", "dd.MM.yyyy", "UTC"],
  ["2026-05-01x", "iso", "UTC"],
  ["", "unix", undefined],
  ["1e9", "unix", undefined],
])("%s as %s in %s is refused rather than guessed", (text, format, zone) => {
  expect(parseDate(text, { format, zone })).toHaveProperty("problem");
});

it.each([
  ["1234.5", {}, 1234.5],
  ["-3", {}, -3],
  ["1.234,5", { decimal: ",", group: "." }, 1234.5],
  ["1 234 567,5", { decimal: ",", group: " " }, 1234567.5],
  ["$1,234.50", { group: ",", unit: "$" }, 1234.5],
  ["12 USD", { unit: "USD" }, 12],
  ["1999", { divide_by: 100 }, 19.99],
] as const)("the number %s is read", (text, format, value) => {
  expect(parseNumber(text, { decimal: ".", ...format })).toEqual({ value });
});

it.each([
  ["1,234", {}],
  ["1.23.4", {}],
  ["12,34.5", { group: "," }],
  ["1e3", {}],
  ["NaN", {}],
  ["0x10", {}],
  ["1 2", {}],
] as const)("the number %s is refused rather than guessed", (text, format) => {
  expect(parseNumber(text, { decimal: ".", ...format })).toHaveProperty("problem");
});
