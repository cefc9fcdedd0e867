import fc from "fast-check";
import ICAL from "ical.js";
import { describe, expect, it } from "vitest";
import { type Feed, type FeedShift, renderFeed } from "./calendar-feed";

const now = new Date("2026-03-01T12:00:00Z");
const shift: FeedShift = {
  id: "sch_1/2026-03-02",
  personName: "Ada",
  scheduleName: "Finance",
  start: new Date("2026-03-29T00:30:00Z"),
  end: new Date("2026-03-29T08:00:00Z"),
};
const render = (feed: Partial<Feed> = {}) => renderFeed({ name: "On call", shifts: [shift], now, ...feed });

/** What a calendar program reads. */
function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents("vevent").map((component) => new ICAL.Event(component));
  return { calendar, events };
}

describe("renderFeed", () => {
  it("shows each shift at its instants, in UTC, by schedule and person", () => {
    const { events } = read(render());
    expect(events).toHaveLength(1);
    expect(events[0]!.startDate.toJSDate()).toEqual(shift.start);
    expect(events[0]!.endDate.toJSDate()).toEqual(shift.end);
    expect(events[0]!.startDate.zone.tzid).toBe("UTC");
    expect(events[0]!.summary).toBe("On call: Finance (Ada)");
    expect(events[0]!.component.getFirstPropertyValue("transp")).toBe("TRANSPARENT");
  });

  it("asks to be fetched again every hour", () => {
    const { calendar } = read(render());
    expect(String(calendar.getFirstPropertyValue("refresh-interval"))).toBe("PT1H");
    expect(render()).toContain("\r\nX-PUBLISHED-TTL:PT1H\r\n");
  });

  it("keeps an event's id when it is rendered again, whatever else has changed", () => {
    const later = { ...shift, personName: "Ben", end: new Date("2026-03-29T09:00:00Z") };
    const again = render({
      shifts: [later, { ...shift, id: "sch_2" }],
      now: new Date("2026-03-02T12:00:00Z"),
    });
    const [one, two] = read(again).events;
    expect(one!.uid).toBe(read(render()).events[0]!.uid);
    expect(two!.uid).not.toBe(one!.uid);
  });

  it("is a valid calendar without any shift", () => {
    const { calendar, events } = read(render({ shifts: [] }));
    expect(events).toEqual([]);
    expect(calendar.getFirstPropertyValue("version")).toBe("2.0");
    expect(calendar.getAllSubcomponents()).not.toEqual([]);
  });

  it("carries an address, and refuses what is none", () => {
    const { calendar } = read(render({ url: "https://example.com/s?a=1\r\nX-EVIL:1" }));
    expect(calendar.getFirstPropertyValue("url")).toBe("https://example.com/s?a=1X-EVIL:1");
    expect(() => render({ url: "no address" })).toThrow(TypeError);
  });

  it("folds long lines at 75 octets without tearing characters", () => {
    const personName = "Zoë 🦊 ".repeat(60).trim();
    const text = render({ shifts: [{ ...shift, personName }] });
    for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(read(text).events[0]!.summary).toBe(`On call: Finance (${personName})`);
  });

  it("keeps a name within its line, whatever it holds", () => {
    const hostile = "Ada\r\nEND:VEVENT\nBEGIN:VALARM, a; b\\n \u2028\u0000c";
    const shown = "Ada END:VEVENT BEGIN:VALARM, a; b\\n  c";
    const { calendar, events } = read(
      render({
        name: hostile,
        shifts: [{ ...shift, id: hostile, personName: hostile, scheduleName: hostile }],
      }),
    );
    const escaped = shown.replace(/[\\;,]/g, "\\$&"); // ical.js does not know that these two are text
    for (const key of ["name", "x-wr-calname"]) expect(calendar.getFirstPropertyValue(key)).toBe(escaped);
    expect(events[0]!.summary).toBe(`On call: ${shown} (${shown})`);
    expect(calendar.getAllSubcomponents().map((component) => component.name)).toEqual(["vevent"]);
    expect(events[0]!.component.getAllSubcomponents()).toEqual([]);
  });

  it("has the same lines for any names, with nothing but text in them", () => {
    const awkward = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.constantFrom("\r", "\n", ":", ";", ",", "\\", '"', "\ud800", "a", " ", "\t") }),
    );
    const lines = (text: string) =>
      text
        .replaceAll("\r\n ", "")
        .split("\r\n")
        .map((line) => line.split(/[:;]/)[0]);
    const usual = lines(render());
    fc.assert(
      fc.property(awkward, awkward, awkward, (id, personName, name) => {
        const text = render({ name: `x${name}`, shifts: [{ ...shift, id, personName, scheduleName: name }] });
        expect(lines(text)).toEqual(usual);
        expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n\0]/);
        expect(read(text).events[0]!.startDate.toJSDate()).toEqual(shift.start);
      }),
    );
  });
});
