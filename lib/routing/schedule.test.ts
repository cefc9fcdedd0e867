import { describe, expect, it } from "vitest";
import { scheduleSchema } from "./schedule";

const layer = {
  name: "Primary",
  participants: ["ada", "ben", "ada"],
  rotation: { unit: "week", every: 1, handover: "09:00", weekday: 1 },
  starts_on: "2026-01-01",
  ends_on: "2026-12-31",
  restrictions: [{ weekdays: [1, 2, 3, 4, 5], from: "22:00", until: "24:00" }],
};
const schedule = { time_zone: "Europe/Berlin", layers: [layer] };
const withLayer = (change: object) => ({ ...schedule, layers: [{ ...layer, ...change }] });
const withRotation = (change: object) => withLayer({ rotation: { ...layer.rotation, ...change } });
const withWindow = (change: object) => withLayer({ restrictions: [{ ...layer.restrictions[0], ...change }] });

function complaint(definition: unknown) {
  const { error } = scheduleSchema.safeParse(definition);
  return error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n");
}

describe("scheduleSchema", () => {
  it("takes a schedule as it is written", () => {
    expect(scheduleSchema.parse(schedule)).toEqual(schedule);
  });

  it.each(["Europe/Berlin", "Asia/Kathmandu", "Asia/Calcutta", "Europe/Kyiv", "UTC"])(
    "takes the zone %s",
    (zone) => {
      expect(complaint({ ...schedule, time_zone: zone })).toBeUndefined();
    },
  );

  it.each(["europe/berlin", "Berlin", "+02:00", "", "Europe/Berlin\n", 7])("refuses the zone %j", (zone) => {
    const message = 'an IANA time zone such as "Europe/Berlin"';
    expect(complaint({ ...schedule, time_zone: zone })).toContain(`time_zone: ${message}`);
    expect(complaint(withLayer({ time_zone: zone }))).toContain(`layers.0.time_zone: ${message}`);
  });

  it.each([
    [{ ...schedule, layers: [] }, "layers: 1 to 20 layers"],
    [{ ...schedule, layers: [layer, layer] }, "layers.1.name: a name no other layer has"],
    [{ ...schedule, overrides: [] }, ": one of the keys time_zone, layers"],
    [null, ": an object with time_zone, layers"],
    [withLayer({ participants: [] }), "layers.0.participants: 1 to 50 people, in the order of their turns"],
    [withLayer({ name: " " }), "layers.0.name: a name of 1 to 80 characters"],
    [withLayer({ starts_on: "soon" }), 'layers.0.starts_on: a date as YYYY-MM-DD, such as "2026-03-29"'],
    [
      withLayer({ starts_on: "2026-02-29" }),
      'layers.0.starts_on: a date as YYYY-MM-DD, such as "2026-03-29"',
    ],
    [
      withLayer({ ends_on: "2026-01-04" }),
      "layers.0.ends_on: a date not before the layer's first hand-over on 2026-01-05",
    ],
    [
      withLayer({ restrictions: [] }),
      "layers.0.restrictions: 1 to 20 restrictions, or none of the key at all",
    ],
    [withRotation({ every: 0 }), "layers.0.rotation.every: a whole number from 1 to 52"],
    [withRotation({ every: 1.5 }), "layers.0.rotation.every: a whole number from 1 to 52"],
    [
      withRotation({ handover: "24:00" }),
      'layers.0.rotation.handover: a time as HH:MM from "00:00" to "23:59"',
    ],
    [
      withRotation({ weekday: undefined }),
      "layers.0.rotation.weekday: an ISO weekday: 1 (Monday) to 7 (Sunday)",
    ],
    [withRotation({ weekday: 0 }), "layers.0.rotation.weekday: an ISO weekday: 1 (Monday) to 7 (Sunday)"],
    [withRotation({ unit: "day" }), "layers.0.rotation: one of the keys unit, every, handover"],
    [
      withRotation({ unit: "month" }),
      'layers.0.rotation.unit: a rotation whose unit is "hour", "day" or "week"',
    ],
    [withWindow({ weekdays: [1, 1] }), "layers.0.restrictions.0.weekdays: each weekday once"],
    [withWindow({ weekdays: [] }), "layers.0.restrictions.0.weekdays: 1 to 7 weekdays"],
    [
      withWindow({ until: "24:01" }),
      'layers.0.restrictions.0.until: a time as HH:MM from "00:00" to "24:00"',
    ],
    [withWindow({ from: "24:00" }), 'layers.0.restrictions.0.from: a time as HH:MM from "00:00" to "23:59"'],
  ])("says what is allowed: %#", (definition, message) => {
    expect(complaint(definition)).toBe(message);
  });

  it("says everything that is wrong at once, and never throws", () => {
    const complaints = complaint(withLayer({ starts_on: "soon", ends_on: "later", participants: "ada" }));
    expect(complaints?.split("\n")).toHaveLength(3);
  });
});
