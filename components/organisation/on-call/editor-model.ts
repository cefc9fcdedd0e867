import type { PublishInput } from "@/lib/directory/schedules/publish-schedule";
import type { Schedule } from "@/lib/routing/schedule";

type Definition = PublishInput["definition"];

export interface WindowForm {
  key: string;
  weekdays: number[];
  from: string;
  until: string;
}

export interface ParticipantForm {
  key: string;
  id: string;
  name: string;
}

/** A layer as it is typed. Keys tell entries apart on the screen and are not saved. */
export interface LayerForm {
  key: string;
  name: string;
  /** Empty for the schedule's. */
  zone: string;
  participants: ParticipantForm[];
  unit: "hour" | "day" | "week";
  every: string;
  handover: string;
  weekday: number;
  startsOn: string;
  /** Empty for no end. */
  endsOn: string;
  restrictions: WindowForm[];
}

export interface ScheduleForm {
  name: string;
  zone: string;
  /** As stored: each lies on top of those before it. */
  layers: LayerForm[];
}

/** A published schedule as the editor's fields have it. */
export function toForm(name: string, definition: Schedule, names: Record<string, string>): ScheduleForm {
  return {
    name,
    zone: definition.time_zone,
    layers: definition.layers.map((layer, index) => ({
      key: `layer${index}`,
      name: layer.name,
      zone: layer.time_zone ?? "",
      participants: layer.participants.map((id, place) => ({
        key: `person${place}`,
        id,
        name: names[id] ?? id,
      })),
      unit: layer.rotation.unit,
      every: String(layer.rotation.every),
      handover: layer.rotation.handover,
      weekday: layer.rotation.unit === "week" ? layer.rotation.weekday : 1,
      startsOn: layer.starts_on,
      endsOn: layer.ends_on ?? "",
      // A time field knows no 24:00.
      restrictions: (layer.restrictions ?? []).map(({ weekdays, from, until }, place) => ({
        key: `window${place}`,
        weekdays,
        from,
        until: until === "24:00" ? "00:00" : until,
      })),
    })),
  };
}

/** What would be published, right or wrong: the server says what is. */
export const toDefinition = ({ zone, layers }: ScheduleForm): Definition => ({
  time_zone: zone,
  layers: layers.map((layer) => ({
    name: layer.name,
    ...(layer.zone ? { time_zone: layer.zone } : {}),
    participants: layer.participants.map(({ id }) => id),
    rotation: toRotation(layer),
    starts_on: layer.startsOn,
    ...(layer.endsOn ? { ends_on: layer.endsOn } : {}),
    ...(layer.restrictions.length
      ? {
          restrictions: layer.restrictions.map(({ weekdays, from, until }) => ({
            weekdays: [...weekdays].sort((one, two) => one - two),
            from,
            until: until === "00:00" ? "24:00" : until,
          })),
        }
      : {}),
  })),
});

function toRotation({ unit, every, handover, weekday }: LayerForm): Definition["layers"][number]["rotation"] {
  const step = every.trim() === "" ? Number.NaN : Number(every);
  return unit === "week" ? { unit, every: step, handover, weekday } : { unit, every: step, handover };
}

/** The list with one entry moved by a step; the same when it is at the end already. */
export function moved<Entry>(list: readonly Entry[], index: number, step: -1 | 1): Entry[] {
  const entries = [...list];
  const target = index + step;
  if (target < 0 || target >= entries.length) return entries;
  [entries[index], entries[target]] = [entries[target]!, entries[index]!];
  return entries;
}

/** The people of a form, by id. */
export const namesIn = ({ layers }: ScheduleForm): Record<string, string> =>
  Object.fromEntries(layers.flatMap(({ participants }) => participants.map(({ id, name }) => [id, name])));
