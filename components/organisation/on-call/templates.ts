import type { LayerForm, ScheduleForm } from "./editor-model";

const layer = (key: string, monday: string, change: Partial<LayerForm>): LayerForm => ({
  key,
  name: "",
  zone: "",
  participants: [],
  unit: "week",
  every: "1",
  handover: "09:00",
  weekday: 1,
  startsOn: monday,
  endsOn: "",
  restrictions: [],
  ...change,
});

/** A layer that an admin adds. `monday` is this week's. */
export const newLayer = (key: string, monday: string, name: string): LayerForm =>
  layer(key, monday, { name });

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const dayShift = [{ key: "window0", weekdays: everyDay, from: "08:00", until: "16:00" }];

/** One weekly rotation, at all times. */
export const weeklyRotation = (monday: string, zone: string): ScheduleForm => ({
  name: "",
  zone,
  layers: [layer("layer0", monday, { name: "Weekly" })],
});

/**
 * Three zones, each on call in its own day. The Americas lie below and take what the others leave, so that nights on
 * which one zone changes its clocks and another does not leave no gap.
 */
export const followTheSun = (monday: string): ScheduleForm => ({
  name: "Follow the sun",
  zone: "UTC",
  layers: [
    layer("layer0", monday, { name: "Americas", zone: "America/New_York" }),
    layer("layer1", monday, {
      name: "Europe",
      zone: "Europe/Berlin",
      handover: "08:00",
      restrictions: dayShift,
    }),
    layer("layer2", monday, {
      name: "Asia-Pacific",
      zone: "Asia/Singapore",
      handover: "08:00",
      restrictions: dayShift,
    }),
  ],
});
